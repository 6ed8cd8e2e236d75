import type { Actor } from '../actor.ts'
import { certificationRequirements } from '../certification.ts'
import { gapsOf, nextLevel, type Level } from '../level.ts'
import type { PromotionCandidate } from '../schema/queue.ts'
import type { Service } from '../service.ts'
import { ladderOf } from '../store/ladder.ts'
import {
  readCoachCandidates,
  readGancujuCandidates,
  type CoachCandidate,
  type GancujuCandidate,
} from '../store/queue.ts'
import { gancujuRequirements } from './promotion.ts'

/**
 * The licences that a promotion would succeed for, the examination of a coach aside: what a
 * promotion looks at decides here too. Coaches are shown to admins, who certify them.
 */
export async function readyForPromotion(
  service: Service,
  actor: Actor,
): Promise<PromotionCandidate[]> {
  const isAdmin = actor.role === 'ADMIN'
  return [...(isAdmin ? await readyCoaches(service) : []), ...(await readyBelts(service, actor))]
}

async function readyCoaches({ pool, clock, domain }: Service): Promise<PromotionCandidate[]> {
  const { certification: rules } = domain
  const now = clock.now()
  const today = now.toISOString().slice(0, 10)
  const ready: PromotionCandidate[] = []
  for (const row of await readCoachCandidates(pool, rules.requireTeachingHours, now)) {
    const next = nextLevel(await ladderOf(pool, 'COACH', row.ladder_version), row.current_level)
    if (next === undefined) continue
    const gaps = gapsOf(certificationRequirements(next, row, today, rules))
    if (gaps.length === 0) ready.push(coachCandidate(row, next))
  }
  return ready
}

async function readyBelts(service: Service, { id, role }: Actor): Promise<PromotionCandidate[]> {
  const { pool, clock } = service
  const ready: PromotionCandidate[] = []
  for (const row of await readGancujuCandidates(pool, id, role === 'ADMIN', clock.now())) {
    const next = nextLevel(await ladderOf(pool, 'GANCUJU', row.ladder_version), row.current_level)
    if (next === undefined) continue
    const gaps = gapsOf(gancujuRequirements(service, row, next))
    if (gaps.length === 0) ready.push(beltCandidate(row, next))
  }
  return ready
}

function coachCandidate(row: CoachCandidate, next: Level): PromotionCandidate {
  const { total_xp, sessions, theory_hours, practice_hours } = row
  return {
    ...towards(row, next),
    specialization_type: 'COACH',
    approvals: 0,
    approved_by_me: false,
    competitions_entered: null,
    competitions_won: null,
    win_rate: null,
    total_xp,
    sessions,
    theory_hours,
    practice_hours,
  }
}

function beltCandidate(row: GancujuCandidate, next: Level): PromotionCandidate {
  const { approvals, approved_by_me, competitions_entered, competitions_won, win_rate } = row
  return {
    ...towards(row, next),
    specialization_type: 'GANCUJU',
    approvals,
    approved_by_me,
    competitions_entered,
    competitions_won,
    win_rate,
    total_xp: null,
    sessions: row.sessions_attended,
    theory_hours: null,
    practice_hours: null,
  }
}

type Common =
  | 'license_id'
  | 'user_id'
  | 'holder_name'
  | 'current_level'
  | 'to_level'
  | 'to_name'
  | 'to_color'
  | 'approver_role'
  | 'approvals_needed'
  | 'teaching_hours'
  | 'exam_pass_percent'

function towards(
  row: CoachCandidate | GancujuCandidate,
  next: Level,
): Pick<PromotionCandidate, Common> {
  const { id, user_id, holder_name, current_level, teaching_hours } = row
  return {
    license_id: id,
    user_id,
    holder_name,
    current_level,
    to_level: next.level,
    to_name: next.name,
    to_color: next.color,
    approver_role: next.approver_role,
    approvals_needed: next.approvals,
    teaching_hours,
    exam_pass_percent: next.exam_pass_percent,
  }
}
