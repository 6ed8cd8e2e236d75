import { counted, formatNumber } from 'page-kit'
import type { Card, Progress } from '../api.ts'

/** One thing on the way to the next level. */
export interface GapMeter {
  readonly label: string
  readonly value: number
  readonly max: number
  readonly note: string
}

const requirementNames: Readonly<Record<string, readonly [label: string, unit: string]>> = {
  total_xp: ['XP', 'XP'],
  competitions_entered: ['Competitions entered', ''],
  competitions_won: ['Competitions won', ''],
  win_rate_percent: ['Win rate', '%'],
  teaching_hours: ['Teaching hours', 'h'],
  theory_hours: ['Theory hours', 'h'],
  practice_hours: ['Practice hours', 'h'],
  sessions: ['Sessions', ''],
  sessions_attended: ['Sessions', ''],
  days_in_level: ['Days at this level', ''],
  min_age: ['Age', ''],
}

/**
 * XP and sessions of the progress ladder, where it is counted, and what the licence itself takes
 * for its next level; empty at the top.
 */
export function gapMeters(card: Card, progress: Progress | undefined): GapMeter[] {
  const own = (card.next_level?.requirements ?? []).map(({ requirement, actual, needed }) => {
    const [label, unit] = requirementNames[requirement] ?? [requirement, '']
    return meter(label, unit, { value: actual ?? 0, max: needed })
  })
  return [...experience(progress), ...own]
}

function experience(progress: Progress | undefined): GapMeter[] {
  const next = progress?.next_level
  if (!progress || !next) return []
  const { total_xp, completed_sessions, xp_needed, sessions_needed } = progress
  const suffix = ` for level ${next.level}`
  return [
    {
      label: `Training XP${suffix}`,
      value: total_xp,
      max: next.required_xp,
      note: xp_needed > 0 ? `${formatNumber(xp_needed)} XP to go` : 'reached',
    },
    {
      label: `Training sessions${suffix}`,
      value: completed_sessions,
      max: next.required_sessions,
      note: sessions_needed > 0 ? `${counted(sessions_needed, 'session')} to go` : 'reached',
    },
  ]
}

function meter(
  label: string,
  unit: string,
  { value, max }: { readonly value: number; readonly max: number },
): GapMeter {
  const suffix = unit === '' ? '' : unit === '%' ? '%' : ` ${unit}`
  const note =
    value >= max
      ? `${formatNumber(value)}${suffix}, reached`
      : `${formatNumber(value)} of ${formatNumber(max)}${suffix}`
  return { label, value, max, note }
}
