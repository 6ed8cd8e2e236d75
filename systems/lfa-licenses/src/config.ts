import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  databaseEnvironment,
  integerVariable,
  passwordMin,
  serviceVariables,
  switchVariable,
} from 'service-kit/config'
import { z } from 'zod'
import { ageGroups, type AgeBand, type AgeBands } from './age-group.ts'
import type { CertificationRules } from './certification.ts'
import type { PromotionRules } from './promotion.ts'

/** The figures of the domain that an operator may set. */
export interface DomainConfig {
  readonly ageBands: AgeBands
  readonly internshipValidityMonths: number
  readonly coachValidityMonths: number
  readonly creditValidityMonths: number
  readonly renewalCostCredits: number
  readonly seasonCostCredits: number
  readonly expiringSoonDays: number
  /** Days before an expiry at which its holder gets a notice. */
  readonly noticeDays: readonly number[]
  readonly attendancePercentMin: number
  readonly promotion: PromotionRules
  readonly certification: CertificationRules
}

const months = (fallback: number): z.ZodType<number> =>
  integerVariable(fallback, { min: 1, max: 600 })
const credits = (fallback: number): z.ZodType<number> =>
  integerVariable(fallback, { min: 0, max: 1_000_000 })

/** The variables that set {@link DomainConfig}; all have defaults. */
const domainVariables = {
  AGE_BANDS: z.string().default('PRE:5-13,YOUTH:14-18,AMATEUR:14-,PRO:16-').transform(toAgeBands),
  INTERNSHIP_VALIDITY_MONTHS: months(15),
  COACH_VALIDITY_MONTHS: months(24),
  CREDIT_VALIDITY_MONTHS: months(24),
  RENEWAL_COST_CREDITS: credits(1_000),
  SEASON_COST_CREDITS: credits(5_000),
  EXPIRING_SOON_DAYS: integerVariable(30, { min: 1, max: 3_650 }),
  NOTICE_DAYS: z.string().default('90,30,7').transform(toNoticeDays),
  ATTENDANCE_PERCENT_MIN: integerVariable(80, { min: 0, max: 100 }),
  GANCUJU_REQUIRE_SESSIONS: switchVariable(false),
  GANCUJU_REQUIRE_DAYS_IN_LEVEL: switchVariable(false),
  COACH_REQUIRE_HOURS: switchVariable(true),
  COACH_REQUIRE_TEACHING_HOURS: switchVariable(true),
  COACH_REQUIRE_XP: switchVariable(true),
  COACH_REQUIRE_SESSIONS: switchVariable(true),
}

const intervalMs = (fallback: number): z.ZodType<number> =>
  integerVariable(fallback, { min: 100, max: 604_800_000 })

/** The variables of the checks of integrity; all have defaults. */
const integrityVariables = {
  HEALTH_CHECK_INTERVAL_MS: intervalMs(300_000),
  SYNC_INTERVAL_MS: intervalMs(21_600_000),
  HEALTH_CACHE_MS: integerVariable(30_000, { min: 1, max: 3_600_000 }),
  HEALTH_REPORT_DIR: z.string().default(join(tmpdir(), 'lfa-licenses', 'health-reports')),
  HEALTH_KEEP_DAYS: integerVariable(14, { min: 1, max: 3_650 }),
}

/** The environment of the service. */
export const serviceEnvironment = z.object({
  ...serviceVariables,
  ...domainVariables,
  ...integrityVariables,
  // A repair of everything holds its lease on one connection and repairs on another.
  DATABASE_POOL_MAX: integerVariable(10, { min: 2, max: 200 }),
  EXPIRY_INTERVAL_MS: integerVariable(60_000, { min: 100, max: 86_400_000 }),
})

/** The environment of the commands that work on the database alone. */
export const commandEnvironment = databaseEnvironment.extend(domainVariables)

/** Where the first admin's password comes from, when it is not to be generated. */
export const adminEnvironment = z.object({ ADMIN_PASSWORD: z.string().min(passwordMin).optional() })

export type ServiceEnvironment = z.output<typeof serviceEnvironment>

/** Gives the domain's figures their names in the code. */
export function toDomainConfig(env: z.output<typeof commandEnvironment>): DomainConfig {
  return {
    ageBands: env.AGE_BANDS,
    internshipValidityMonths: env.INTERNSHIP_VALIDITY_MONTHS,
    coachValidityMonths: env.COACH_VALIDITY_MONTHS,
    creditValidityMonths: env.CREDIT_VALIDITY_MONTHS,
    renewalCostCredits: env.RENEWAL_COST_CREDITS,
    seasonCostCredits: env.SEASON_COST_CREDITS,
    expiringSoonDays: env.EXPIRING_SOON_DAYS,
    noticeDays: env.NOTICE_DAYS,
    attendancePercentMin: env.ATTENDANCE_PERCENT_MIN,
    promotion: {
      requireSessions: env.GANCUJU_REQUIRE_SESSIONS,
      requireDaysInLevel: env.GANCUJU_REQUIRE_DAYS_IN_LEVEL,
    },
    certification: {
      requireXp: env.COACH_REQUIRE_XP,
      requireHours: env.COACH_REQUIRE_HOURS,
      requireTeachingHours: env.COACH_REQUIRE_TEACHING_HOURS,
      requireSessions: env.COACH_REQUIRE_SESSIONS,
    },
  }
}

function toAgeBands(value: string, context: z.RefinementCtx): AgeBands {
  const bands = new Map<string, AgeBand>()
  for (const [, group, min, max] of value.matchAll(/(\w+):(\d{1,3})-(\d{1,3})?(?:,|$)/g)) {
    if (group === undefined) continue
    bands.set(group, { min: Number(min), ...(max === undefined ? {} : { max: Number(max) }) })
  }
  if (ageGroups.every((group) => bands.has(group))) return Object.fromEntries(bands) as AgeBands
  context.addIssue(`must give a band for each of ${ageGroups.join(', ')}, such as PRE:5-13`)
  return z.NEVER
}

function toNoticeDays(value: string, context: z.RefinementCtx): number[] {
  const days = value.split(',').map(Number)
  if (days.every((count) => Number.isInteger(count) && count > 0 && count < 3_650)) return days
  context.addIssue('must be whole numbers of days, such as 90,30,7')
  return z.NEVER
}
