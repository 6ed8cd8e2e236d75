import { Badge, type Tone } from 'page-kit'
import type { ReactNode } from 'react'
import type { HealthStateView } from '../api.ts'

type Status = HealthStateView['status']

const tones: Readonly<Record<Status, Tone>> = {
  healthy: 'good',
  degraded: 'warn',
  critical: 'bad',
  unknown: 'plain',
}

const names: Readonly<Record<Status, string>> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  critical: 'Critical',
  unknown: 'Not checked yet',
}

/** How consistent progress and licences are, in a word; its class names the status. */
export function StatusBadge({ status }: { readonly status: Status }): ReactNode {
  return (
    <Badge tone={tones[status]} className={`status-badge status-${status}`}>
      {names[status]}
    </Badge>
  )
}
