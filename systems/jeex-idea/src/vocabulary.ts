/** How far a project is. */
export const projectStatuses = ['draft', 'in_progress', 'completed', 'archived'] as const

/** What the four steps of a project write. */
export const documentTypes = [
  'idea_description',
  'engineering_specs',
  'architecture',
  'implementation_plan',
] as const

export type DocumentType = (typeof documentTypes)[number]

/** The agents: the product manager of all steps, then those of each. */
const agentsByStep = [
  ['product_manager'],
  ['business_analyst', 'venture_expert', 'triz_expert', 'design_thinker', 'system_analyst'],
  ['engineering_standards', 'qa_expert', 'security_expert'],
  ['solution_architect', 'devops_expert', 'performance_expert'],
  ['project_planner', 'scrum_master', 'risk_manager'],
] as const

export const agentTypes = agentsByStep.flat()
