import { Badge, counted, type Tone } from 'page-kit'
import type { ReactNode } from 'react'
import type { Card } from '../api.ts'

const tones: Readonly<Record<NonNullable<Card['status']>, Tone>> = {
  active: 'good',
  perpetual: 'good',
  expiring_soon: 'warn',
  expired: 'bad',
}

/** Whether a licence is valid, and for how long. */
export function ValidityBadge({
  status,
  daysRemaining,
}: {
  readonly status: NonNullable<Card['status']>
  readonly daysRemaining: number | null
}): ReactNode {
  const text = {
    active: 'Active',
    perpetual: 'Active, for life',
    expiring_soon: `Expires in ${counted(daysRemaining ?? 0, 'day')}`,
    expired: 'Expired',
  }[status]
  return <Badge tone={tones[status]}>{text}</Badge>
}
