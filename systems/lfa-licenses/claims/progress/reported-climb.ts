/** The four updates of the second report's run, and the level that each of them ends at. */
export const reportedClimb = [
  { gain: { xp_gained: 25_000, sessions_completed: 12 }, level: 2 },
  { gain: { xp_gained: 100_000, sessions_completed: 20 }, level: 5 },
  { gain: { xp_gained: 100_000, sessions_completed: 20 }, level: 7 },
  { gain: { xp_gained: 100_000, sessions_completed: 20 }, level: 8 },
] as const

/** What the run added up to. */
export const reportedTotals = {
  current_level: 8,
  total_xp: 325_000,
  completed_sessions: 72,
} as const
