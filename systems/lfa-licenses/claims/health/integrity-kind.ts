import { claim, type ClaimContext, type HttpClient, type Sql } from 'etalon'
import {
  addProgress,
  coupledSpecializations,
  insertStudents,
  levelsOf,
  setLevel,
} from '../coupled-pair.ts'
import { buyCredits, orderCredits } from '../credit.ts'
import { expiringSpecializations, issueExpiring, setExpiry } from '../expiring-license.ts'
import { checkNow, latestReport, openViolations, plainly } from '../health.ts'
import { plantPair } from '../pair-state.ts'
import { issueLicense, placeOf } from '../license.ts'
import { personOf, type Person } from '../person.ts'

const dayMs = 86_400_000

claim('LFA-T-35', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:examines')
  const [studentId = 0, neighbourId = 0] = await insertStudents(sql, random, 2)
  const pair = { studentId, specialization: 'COACH' } as const
  for (const one of [pair, { ...pair, studentId: neighbourId }]) {
    await setLevel(admin, one, 5).expect(200)
  }
  await setLevel(admin, { studentId, specialization: 'PLAYER' }, 4).expect(200)
  prove('levels before', await levelsOf(sql, pair)).equals({ progress: 5, license: 5 })
  const lower = `update user_licenses set current_level = 3
    where user_id = $1 and specialization_type = 'COACH'`
  prove('licences set lower', await sql.run(lower, [studentId])).equals(1)

  const { body } = await checkNow(admin).expect(200)
  const expected = [
    {
      user_id: studentId,
      specialization: 'COACH',
      progress_level: 5,
      license_level: 3,
      kind: 'level_mismatch',
      recommended_action: 'sync_progress_to_license',
    },
  ]
  const own = (found: typeof body.violations): unknown[] =>
    found.filter(({ user_id }) => [studentId, neighbourId].includes(user_id)).map(plainly)
  prove('found by the check', own(body.violations)).equals(expected)
  prove('in the latest report', own((await latestReport(admin)).violations)).equals(expected)
  const listed = await openViolations(admin, { user_id: studentId })
  prove('in the list of violations', listed.map(plainly)).equals(expected)
})

claim('LFA-CPL-12', async (context) => {
  const { system, prove } = context
  const admin = await personOf(system, 'admin:looks-further')
  const cases = [
    ...(await levelCases(context)),
    ...(await xpCases(context, admin)),
    ...(await balanceCases(context, admin)),
    ...(await expiryCases(context)),
    ...(await otherExpiryCases(context)),
  ]
  const { body } = await checkNow(admin, true).expect(200)
  const found = (userId: number): string[] =>
    body.violations
      .filter(({ user_id }) => user_id === userId)
      .map(({ kind, specialization, recommended_action: action }) =>
        [kind, specialization, action].join(' '),
      )
  const wrong = cases
    .map((one) => ({ ...one, found: found(one.userId) }))
    .filter((one) => one.found.join() !== one.expected.join())
  prove('cases that must not be found', cases.filter(isRight).length).isAtLeast(10)
  prove('cases that must be found', cases.filter((one) => !isRight(one)).length).isAtLeast(10)
  prove('cases judged wrongly', wrong).isEmpty()
})

/** Somebody's records, and what a check has to find in them. */
interface Case {
  readonly what: string
  readonly userId: number
  readonly expected: readonly string[]
}

type Context = Pick<ClaimContext, 'system' | 'sql' | 'random'>

function isRight({ expected }: Case): boolean {
  return expected.length === 0
}

/** Highest levels at, above and below the level. */
async function levelCases({ sql, random }: Context): Promise<Case[]> {
  const cases: Case[] = []
  for (const specialization of coupledSpecializations) {
    for (const maximum of [3, 4, 5]) {
      const [studentId = 0] = await insertStudents(sql, random, 1)
      const sides = { progress: 4, license: 4, maximum }
      await plantPair(sql, { studentId, specialization }, sides)
      cases.push({
        what: `${specialization}: level 4, at most ${maximum}`,
        userId: studentId,
        expected: maximum < 4 ? [`max_below_current ${specialization} raise_max_level`] : [],
      })
    }
  }
  return cases
}

/** XP of what a level takes, and one less. */
async function xpCases({ sql, random }: Context, admin: HttpClient): Promise<Case[]> {
  const cases: Case[] = []
  for (const specialization of coupledSpecializations) {
    const { body } = await admin
      .get<{ levels: { level: number; required_xp: number }[] }>(
        `/api/v1/specializations/levels/${specialization}`,
      )
      .expect(200)
    const above = body.levels.filter(({ level }) => level > 1)
    for (const { level, required_xp: required } of [random.pick(above), ...above.slice(-1)]) {
      for (const xp of [required - 1, required]) {
        const [studentId = 0] = await insertStudents(sql, random, 1)
        const sides = { progress: level, license: level, xp }
        await plantPair(sql, { studentId, specialization }, sides)
        cases.push({
          what: `${specialization}: level ${level} with ${xp} XP`,
          userId: studentId,
          expected: xp < required ? [`xp_below_level ${specialization} raise_xp_to_level`] : [],
        })
      }
    }
    const [studentId = 0] = await insertStudents(sql, random, 1)
    await addProgress(admin, { studentId, specialization }, { projects_completed: 1 }).expect(200)
    cases.push({ what: `${specialization}: no XP at level 1`, userId: studentId, expected: [] })
  }
  return cases
}

/** Balances that are the sum of what was verified, and others. */
async function balanceCases({ system, sql }: Context, admin: Person): Promise<Case[]> {
  const cases: Case[] = []
  for (const specialization of ['LFA_PLAYER', 'INTERNSHIP'] as const) {
    for (const change of [0, 1, -1]) {
      const holder = await personOf(system, `student:balance-${specialization}-${change}`)
      const licenseId = await issueLicense(holder, specialization)
      await buyCredits({ holder, admin }, specialization, 500)
      // What waits to be verified is nobody's yet.
      await orderCredits(holder, specialization, 300)
      const { licenses } = placeOf[specialization]
      await sql.run(`update ${licenses} set credit_balance = credit_balance + $2 where id = $1`, [
        licenseId,
        change,
      ])
      cases.push({
        what: `${specialization}: ${500 + change} of 500 credits`,
        userId: holder.id,
        expected: change === 0 ? [] : [`balance_mismatch ${specialization} review_credit_ledger`],
      })
    }
  }
  return cases
}

/** Older licences that have run out or not, active or not. */
async function expiryCases({ sql, random }: Context): Promise<Case[]> {
  const cases: Case[] = []
  for (const specialization of coupledSpecializations) {
    for (const [expires, isActive, isFound] of [
      [null, true, false],
      [60_000, true, false],
      [-1_000, true, true],
      [-1_000, false, false],
    ] as const) {
      const [studentId = 0] = await insertStudents(sql, random, 1)
      await plantPair(sql, { studentId, specialization }, { progress: 1, license: 1 })
      const expiresAt = expires === null ? null : new Date(Date.now() + expires)
      await expireLegacy(sql, studentId, { expiresAt, isActive })
      cases.push({
        what: `${specialization}: ${isActive ? 'active' : 'ended'}, expires in ${expires} ms`,
        userId: studentId,
        expected: isFound ? [`expired_active ${specialization} deactivate_license`] : [],
      })
    }
  }
  return cases
}

async function expireLegacy(
  sql: Sql,
  userId: number,
  to: { readonly expiresAt: Date | null; readonly isActive: boolean },
): Promise<void> {
  await sql.run('update user_licenses set expires_at = $2, is_active = $3 where user_id = $1', [
    userId,
    to.expiresAt,
    to.isActive,
  ])
}

/** Licences of today's tables that have run out or not. */
async function otherExpiryCases({ system, sql }: Context): Promise<Case[]> {
  const cases: Case[] = []
  for (const specialization of expiringSpecializations) {
    for (const leftMs of [dayMs, -1_000]) {
      const holder = `student:left-${specialization}-${leftMs}`
      const license = await issueExpiring(system, specialization, { holder })
      await setExpiry(sql, license, new Date(Date.now() + leftMs))
      cases.push({
        what: `${specialization} of today: expires in ${leftMs} ms`,
        userId: license.holder.id,
        expected: leftMs < 0 ? [`expired_active ${specialization} deactivate_license`] : [],
      })
    }
  }
  return cases
}
