import { Badge, type Tone } from 'page-kit'
import type { ReactNode } from 'react'
import type { RunView } from '../api.ts'

const badges: Readonly<Record<RunView['status'], readonly [tone: Tone, text: string]>> = {
  running: ['info', 'Running'],
  completed: ['good', 'Completed'],
  partial: ['warn', 'Completed in part'],
  failed: ['bad', 'Failed'],
  skipped: ['plain', 'Skipped'],
}

/** How a run ended. */
export function RunBadge({ status }: { readonly status: RunView['status'] }): ReactNode {
  const [tone, text] = badges[status]
  return <Badge tone={tone}>{text}</Badge>
}
