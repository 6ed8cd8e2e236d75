import { statement, type Sql } from 'service-kit'
import type { ProgressLadder } from '../coupled.ts'
import type { Ladder, Level } from '../level.ts'

const readLadder = statement<Level, [ladderId: string, version: number]>(
  'ladder-read',
  `select level, name, color, required_xp, required_sessions, required_projects,
     competitions_entered, competitions_won, win_rate_percent, theory_hours, practice_hours,
     teaching_hours, days_in_level, min_age, exam_pass_percent, approver_role, approvals
   from spec_levels where ladder_id = $1 and version = $2 order by level`,
)

const known = new Map<string, Ladder>()

/** A published version of a ladder; it never changes, so it is read once a process. */
export async function ladderOf(
  sql: Sql,
  ladderId: 'GANCUJU' | 'INTERNSHIP' | 'COACH' | ProgressLadder,
  version: number,
): Promise<Ladder> {
  const key = `${ladderId}/${version}`
  const kept = known.get(key)
  if (kept) return kept
  const ladder = await readLadder(sql, ladderId, version)
  known.set(key, ladder)
  return ladder
}

/** The version of a ladder under which new rows are made. */
export const currentVersion = statement<{ current_version: number }, [ladderId: string]>(
  'ladder-current-version',
  'select current_version from ladders where id = $1',
)
