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

/** The agents, by the step that they work in; the product manager works in all. */
const agentsByStep = {
  all: ['product_manager'],
  1: ['business_analyst', 'venture_expert', 'triz_expert', 'design_thinker', 'system_analyst'],
  2: ['engineering_standards', 'qa_expert', 'security_expert'],
  3: ['solution_architect', 'devops_expert', 'performance_expert'],
  4: ['project_planner', 'scrum_master', 'risk_manager'],
} as const

export const agentTypes = Object.values(agentsByStep).flat()
