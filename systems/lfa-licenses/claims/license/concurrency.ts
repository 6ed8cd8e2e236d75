import {
  boundViolations,
  claim,
  failed,
  ok,
  outcomeOfResponse,
  sumBounds,
  type HttpResponse,
  type Outcome,
  type Sql,
} from 'etalon'
import { buyCredits } from '../credit.ts'
import { issueLicense, placeOf, specializations } from '../license.ts'
import { personOf } from '../person.ts'
import { enrollIn, planSeason } from '../season.ts'

claim('LFA-T-16', async ({ system, sql, histories, prove }) => {
  const callers = await Promise.all(
    Array.from({ length: 10 }, (_none, caller) => personOf(system, `admin:adder-${caller}`)),
  )
  const licenseId = await issueLicense(await personOf(system, 'student:added-to'), 'INTERNSHIP')
  const history = await histories.concurrently(
    { actors: 10, operations: 20, input: (_index, random) => random.integer(1, 900) },
    async (xp_gained, caller) => {
      const person = callers[caller] as (typeof callers)[number]
      const body = { license_id: licenseId, xp_gained }
      return outcomeOfResponse(
        await person.post<{ total_xp: number }>('/api/v1/internship/xp', body),
      )
    },
  )
  const { acknowledged } = sumBounds(history, ({ input }) => input)
  const told = history.ok.map(({ outcome }) => outcome.kind === 'ok' && outcome.output.total_xp)
  const state = await sql.one(
    `select total_xp, current_level, (select max(level) from spec_levels where ladder_id = 'INTERNSHIP'
        and required_xp <= total_xp) as level_of_xp
     from internship_licenses where id = $1`,
    [licenseId],
  )
  const ledger = await sql.rows<{ balance: number; running: number }>(
    `select balance_after as balance, (sum(amount) over (order by balance_after))::integer as running
     from xp_transactions where license_id = $1`,
    [licenseId],
  )
  const { level_of_xp: level } = state as { level_of_xp: number }
  prove('additions that were done', history.ok.length).equals(20)
  prove('additions under way at once', history.overlapMax).isAbove(1)
  prove('XP, and the level it makes', state).holds({
    total_xp: acknowledged,
    current_level: level,
  })
  prove('entries of the ledger', ledger.length).equals(20)
  prove(
    'entries whose balance is not the sum up to them',
    ledger.filter(({ balance, running }) => balance !== running),
  ).isEmpty()
  prove('totals that two additions were told', told.length - new Set(told).size).equals(0)
})

claim('LFA-T-20', async ({ system, sql, histories, prove }) => {
  const students = await Promise.all(
    Array.from({ length: 5 }, (_none, at) => personOf(system, `student:twice-${at}`)),
  )
  const pairs = students.flatMap((student) => specializations.map((name) => ({ student, name })))
  const wrong: unknown[] = []
  let overlapping = 0
  for (const { student, name } of pairs) {
    const history = await histories.concurrently({ actors: 2, operations: 2 }, async () =>
      answerOf(await student.post(`${placeOf[name].path}/licenses`), 201),
    )
    const refusal = history.failed[0]?.outcome
    const isOneOfTwo = history.ok.length === 1 && history.failed.length === 1
    const isConflict = refusal?.kind === 'failed' && refusal.reason === '409 LFA_LICENSE_EXISTS'
    if (!isOneOfTwo || !isConflict) wrong.push({ name, operations: history.operations })
    if (history.overlapMax === 2) overlapping += 1
  }
  const ids = students.map(({ id }) => id)
  const rows = await Promise.all(
    specializations.map((name) =>
      sql.value<number>(`select count(*) from ${placeOf[name].licenses} where user_id = any($1)`, [
        ids,
      ]),
    ),
  )
  const audited = await sql.value<number>(
    `select count(*) from audit_log where action = 'license.create' and actor_id = any($1)`,
    [ids],
  )
  prove('pairs that were under way at once', overlapping).equals(pairs.length)
  prove('pairs that did not end in one 201 and one 409', wrong).isEmpty()
  prove('licences in each specialization', rows).equals([5, 5, 5, 5])
  prove('licences in the audit log', audited).equals(pairs.length)
})

claim('LFA-T-21', async ({ system, sql, random, histories, prove }) => {
  const admin = await personOf(system, 'admin:till')
  const instructor = await personOf(system, 'instructor:till')
  const holder = await personOf(system, 'student:last-credits')
  for (const specialization of ['LFA_PLAYER', 'INTERNSHIP'] as const) {
    const licenseId = await issueLicense(holder, specialization)
    const who = { holder, licenseId, admin }
    const enrollments: number[] = []
    for (let one = 0; one < 2; one += 1) {
      const plan = { specialization, instructor, sessions: 0, costCredits: 20_000 }
      const season = await planSeason(admin, random, plan)
      enrollments.push(await enrollIn(season, who))
    }
    const spendAtOnce = async (callers: number, amount: number) =>
      histories.concurrently({ actors: callers, operations: callers }, async (_none, caller) => {
        const body = { enrollment_id: enrollments[caller % 2], amount }
        const path = `${placeOf[specialization].path}/credits/spend`
        return answerOf(await holder.post<Spent>(path, body), 201)
      })

    const outcomes: string[] = []
    for (let round = 0; round < 6; round += 1) {
      await buyCredits(who, specialization, 100)
      const history = await spendAtOnce(2, 100)
      const reasons = history.failed.map(
        ({ outcome }) => outcome.kind === 'failed' && outcome.reason,
      )
      outcomes.push(`${history.ok.length} of 2, else ${reasons.join()}`)
    }
    prove(`${specialization}: what became of two spends of all that is left`, outcomes).equals(
      outcomes.map(() => '1 of 2, else 400 LFA_CREDITS_INSUFFICIENT'),
    )
    prove(
      `${specialization}: balance after them, and by the ledger`,
      await balances(sql, licenseId, specialization),
    ).equals({ kept: 0, ledger: 0 })

    await buyCredits(who, specialization, 100)
    const many = await spendAtOnce(8, 30)
    const below = boundViolations(
      many,
      ({ outcome }) => (outcome.kind === 'ok' ? outcome.output.credit_balance : 0),
      { min: 0 },
    )
    prove(`${specialization}: spends of 30 that 100 credits paid`, many.ok.length).equals(3)
    prove(`${specialization}: spends under way at once`, many.overlapMax).isAbove(1)
    prove(`${specialization}: balances below zero that were told`, below).isEmpty()
    prove(
      `${specialization}: balance then, and by the ledger`,
      await balances(sql, licenseId, specialization),
    ).equals({ kept: 10, ledger: 10 })
  }
})

interface Spent {
  readonly credit_balance: number
}

/** Done with this status; else what the caller was told. */
function answerOf<Body>(response: HttpResponse<Body>, status: number): Outcome<Body> {
  if (response.status === status) return ok(response.body)
  const { error } = response.body as { error?: { code: string } }
  return failed(`${response.status} ${error?.code ?? ''}`)
}

function balances(
  sql: Sql,
  licenseId: number,
  specialization: 'LFA_PLAYER' | 'INTERNSHIP',
): Promise<unknown> {
  const { licenses } = placeOf[specialization]
  return sql.one(
    `select credit_balance as kept, (
       select coalesce(sum(amount), 0)::integer
       from ${licenses.replace('_licenses', '_credit_transactions')}
       where license_id = l.id and payment_verified
     ) as ledger from ${licenses} l where id = $1`,
    [licenseId],
  )
}
