import type { Sql } from 'service-kit'
import type { z } from 'zod'
import { nextLevel, type Ladder } from './level.ts'
import { programmeStatus } from './programme.ts'
import type {
  coachLicense,
  CoachRow,
  gancujuLicense,
  GancujuRow,
  internshipLicense,
  InternshipRow,
  playerLicense,
  PlayerRow,
} from './schema/license.ts'
import type { Service } from './service.ts'
import { ladderOf } from './store/ladder.ts'
import { daysRemaining, validityStatus, type ValidityStatus } from './validity.ts'

type PlayerLicense = z.infer<typeof playerLicense>
type GancujuLicense = z.infer<typeof gancujuLicense>
type InternshipLicense = z.infer<typeof internshipLicense>
type CoachLicense = z.infer<typeof coachLicense>

/** The status of a licence today. */
export function statusNow({ clock, domain }: Service, expiresAt: Date | null): ValidityStatus {
  return validityStatus(expiresAt, clock.now(), domain.expiringSoonDays)
}

export function showPlayer(row: PlayerRow): PlayerLicense {
  return { ...row, status: 'perpetual' }
}

export function showGancuju(row: GancujuRow): GancujuLicense {
  return { ...row, status: 'perpetual' }
}

export async function showInternship(
  sql: Sql,
  service: Service,
  row: InternshipRow,
): Promise<InternshipLicense> {
  const ladder = await ladderOf(sql, 'INTERNSHIP', row.ladder_version)
  return {
    ...row,
    status: statusNow(service, row.expires_at),
    days_remaining: daysRemaining(row.expires_at, service.clock.now()),
    position: nameOf(ladder, row.current_level),
    programme_status: programmeStatus(row.total_xp, row.capstone_approved_at),
  }
}

export function showCoach(service: Service, row: CoachRow): CoachLicense {
  return {
    ...row,
    status: statusNow(service, row.expires_at),
    days_remaining: daysRemaining(row.expires_at, service.clock.now()),
  }
}

/** The name of a level on its ladder. */
export function nameOf(ladder: Ladder, level: number): string {
  return nextLevel(ladder, level - 1)?.name ?? ''
}
