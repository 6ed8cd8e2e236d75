import type { NewExecution } from '../schema/execution.ts'
import type { NewProject } from '../schema/project.ts'
import type { DocumentType } from '../vocabulary.ts'

interface DemoDocument {
  readonly type: DocumentType
  readonly agent: NewExecution['agent_type']
  /** The text of each version. */
  readonly versions: readonly string[]
}

interface DemoProject {
  readonly name: string
  readonly status: NewProject['status']
  readonly step: number
  readonly documents: readonly DemoDocument[]
}

/** What a demo shows. */
export const demoProjects: readonly DemoProject[] = [
  {
    name: 'Community tool library',
    status: 'completed',
    step: 4,
    documents: [
      {
        type: 'idea_description',
        agent: 'business_analyst',
        versions: [
          '# Tool library\n\nNeighbours lend tools to each other.\n',
          '# Tool library\n\nNeighbours lend tools to each other.\nA deposit covers damage.\n',
        ],
      },
      {
        type: 'engineering_specs',
        agent: 'qa_expert',
        versions: ['# Specification\n\n- A tool is lent to one person at a time.\n'],
      },
      {
        type: 'architecture',
        agent: 'solution_architect',
        versions: ['# Architecture\n\nOne service over one database.\n'],
      },
      {
        type: 'implementation_plan',
        agent: 'project_planner',
        versions: ['# Plan\n\n1. Accounts\n2. Tools\n3. Loans\n'],
      },
    ],
  },
  {
    name: 'Bus arrival display',
    status: 'in_progress',
    step: 2,
    documents: [
      {
        type: 'idea_description',
        agent: 'venture_expert',
        versions: ['# Display\n\nA screen at the stop shows the next three buses.\n'],
      },
    ],
  },
  { name: 'School garden planner', status: 'draft', step: 1, documents: [] },
]
