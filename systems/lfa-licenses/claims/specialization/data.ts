import { claim, outcomeOfResponse, type HttpResponse, type Sql } from 'etalon'
import { openAcademy, takeIn, type Academy, type Student } from '../academy.ts'
import { buyCredits, orderCredits } from '../credit.ts'
import { fillLicenses } from './license-record.ts'
import {
  issueAll,
  issueLicense,
  placeOf,
  specializations,
  type Specialization,
} from '../license.ts'
import { gatherCrowd } from '../licensed-crowd.ts'
import { personOf } from '../person.ts'
import { enrollIn, planSeason } from '../season.ts'

claim('LFA-T-07', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:verifies')
  const holder = await personOf(system, 'student:buys')
  for (const name of ['LFA_PLAYER', 'INTERNSHIP'] as const) {
    const { path, licenses } = placeOf[name]
    const licenseId = await issueLicense(holder, name)
    const amount = random.integer(1, 5_000)
    const purchase = await orderCredits(holder, name, amount)
    const shown = async (): Promise<unknown> => (await holder.get(`${path}/credits/balance`)).body
    const balance = (): Promise<number> =>
      sql.value(`select credit_balance from ${licenses} where id = $1`, [licenseId])

    prove(`pending ${name} purchase`, await shown()).holds({
      credit_balance: 0,
      pending_credits: amount,
    })
    prove(`${name} balance before verification`, await balance()).equals(0)
    const verify = `${path}/credits/${purchase}/verify`
    const own = await holder.post(verify)
    prove('a student verifying the own payment', own.status).equals(403)
    prove(`${name} balance after that`, await balance()).equals(0)

    await admin.post(verify).expect(200)
    prove(`${name} balance after verification`, await balance()).equals(amount)
    await admin.post(verify).expect(200)
    prove(`${name} balance after verifying again`, await balance()).equals(amount)
    prove(`verified ${name} purchase`, await shown()).holds({
      credit_balance: amount,
      pending_credits: 0,
    })

    const second = await orderCredits(holder, name, 7)
    const verifyBoth = `${path}/credits/${second}/verify`
    await Promise.all([1, 2, 3, 4].map(() => admin.post(verifyBoth).expect(200)))
    prove(`${name} balance after four at once`, await balance()).equals(amount + 7)
    const audited = await sql.value<number>(
      `select count(*) from audit_log where action = 'credits.verify' and entity_id = $1`,
      [licenseId],
    )
    prove(`audit entries of two verified ${name} purchases`, audited).equals(2)
  }
})

/** One row of the unified list; what a specialization does not have is null. */
type Shown = Readonly<Record<string, unknown>>

const emptyRow: Shown = {
  current_level: null,
  max_achieved_level: null,
  credit_balance: null,
  total_xp: null,
  age_group: null,
  overall_avg: null,
  win_rate: null,
  theory_hours: null,
  practice_hours: null,
  teaching_hours: null,
  expires_at: null,
}

claim('LFA-T-08', async ({ system, sql, random, prove }) => {
  await gatherCrowd(sql, 3_000)
  const admin = await personOf(system, 'admin:looks')
  const holder = await personOf(system, 'student:looks')
  const ids = await issueAll(holder)
  const xp = random.integer(1_000, 2_499)
  const hours = random.integer(1, 900)
  await fillLicenses(admin, ids, { xp, hours })
  await buyCredits({ holder, admin }, 'INTERNSHIP', 250)
  // An older licence of the same user, no longer active, must not be shown.
  await sql.run(
    'insert into coach_licenses (user_id, is_active, expires_at) values ($1, false, now())',
    [holder.id],
  )

  const level1 = { current_level: 1, max_achieved_level: 1 }
  const level2 = { current_level: 2, max_achieved_level: 2 }
  const expected: Readonly<Record<Specialization, Shown>> = {
    LFA_PLAYER: { credit_balance: 0, age_group: 'AMATEUR', overall_avg: 10 },
    GANCUJU: { ...level1, win_rate: 50, teaching_hours: hours },
    INTERNSHIP: { ...level2, credit_balance: 250, total_xp: xp },
    COACH: { ...level1, theory_hours: hours, practice_hours: 17, teaching_hours: 0 },
  }
  const { body } = await holder.get<{ items: Shown[] }>('/api/v1/licenses/unified').expect(200)
  prove('licences in the unified list', body.items.length).equals(4)
  for (const name of specializations) {
    const found = body.items.find((item) => item['license_id'] === ids[name]) ?? {}
    const expires = name === 'INTERNSHIP' || name === 'COACH'
    prove(`the ${name} row`, withoutDates(found)).equals({
      ...withoutDates(emptyRow),
      ...expected[name],
      specialization_type: name,
      license_id: ids[name],
      user_id: holder.id,
      status: expires ? 'active' : 'perpetual',
    })
    prove(`the ${name} row tells an expiry`, found['expires_at'] !== null).equals(expires)
  }
  const foreign = await holder.get('/api/v1/licenses/unified', { query: { user_id: admin.id } })
  prove("asking for somebody else's licences", foreign.status).equals(403)

  const plan = await sql.plan('select * from v_all_active_licenses where user_id = $1', [holder.id])
  prove('tables read from end to end', plan.sequentialScans).isEmpty()
  prove('indexes that were read', plan.indexes.length).equals(4)
  prove('rows read for the view', plan.rows).equals(4)
  prove('blocks touched', plan.sharedHitBlocks + plan.sharedReadBlocks).isAtMost(30)
})

function withoutDates({ created_at: _c, updated_at: _u, expires_at: _e, ...row }: Shown): Shown {
  return row
}

claim('LFA-T-10', async ({ system, sql, random, histories, prove }) => {
  const academy = await openAcademy(system, random, 'contends', { sessions: 3 })
  const student = await takeIn(system, academy, 'student:contends')
  const licenseId = student.licenseIds.INTERNSHIP
  await buyCredits({ ...academy, ...student }, 'INTERNSHIP', 1_500)
  const orders: number[] = []
  for (const amount of [500, 500, 500]) {
    orders.push(await orderCredits(student.holder, 'INTERNSHIP', amount))
  }
  const dear = { specialization: 'INTERNSHIP', sessions: 0, costCredits: 20_000 } as const
  const season = await planSeason(academy.admin, random, { ...academy, ...dear })
  const payable = await enrollIn(season, { ...academy, ...student, licenseId })
  const doors = doorsOf(academy, student, { orders, payable })
  const names = ['xp', 'xp', 'attend', 'attend', 'verify', 'spend', 'renew'] as const
  const history = await histories.concurrently(
    {
      actors: 10,
      operations: 70,
      input: (_index, drawn) => ({ door: drawn.pick(names), amount: drawn.integer(1, 400) }),
    },
    async ({ door, amount }) => outcomeOfResponse(await doors[door](amount)),
  )
  const done = (door: string): number[] =>
    history.ok.filter(({ input }) => input.door === door).map(({ input }) => input.amount)
  prove('answers that leave it open', history.unknown).isEmpty()
  prove('requests under way at once', history.overlapMax).isAtLeast(5)

  const sessions = new Set(done('attend').map((amount) => amount % 3)).size
  prove('marks made of three sessions', done('attend').length).equals(sessions)
  const verified = new Set(done('verify').map((amount) => amount % 3)).size
  const renewals = done('renew').length
  const xp = sumOf(done('xp')) + 50 * sessions
  const credits = 1_500 + 500 * verified - sumOf(done('spend')) - 1_000 * renewals
  const totals = await totalsOf(sql, licenseId)
  prove('the licence, its ledgers and what was acknowledged', totals).holds({
    total_xp: xp,
    xp_booked: xp,
    sessions_completed: sessions,
    credit_balance: credits,
    credits_booked: credits,
    renewals,
  })
  prove('credits left', totals.credit_balance).isAtLeast(0)
  prove('level', totals.current_level).equals(totals.level_due)
  prove('changes of level', await levelPath(sql, licenseId)).satisfies(
    `one path from 1 to ${totals.level_due}`,
    (path) => isPath(path, totals.level_due),
  )
})

claim('LFA-T-10', { name: 'belts' }, async ({ system, sql, histories, prove }) => {
  const admin = await personOf(system, 'admin:belts')
  const holder = await personOf(system, 'student:belts')
  const license_id = await issueLicense(holder, 'GANCUJU')
  const path = '/api/v1/gancuju'
  const fight = (won: boolean): PromiseLike<HttpResponse> =>
    admin.post(`${path}/competitions`, { license_id, won })
  for (const won of [true, true, false]) await fight(won)
  const doors = {
    win: () => fight(true),
    lose: () => fight(false),
    teach: (hours: number) => admin.post(`${path}/teaching-hours`, { license_id, hours }),
    promote: () => admin.post(`${path}/licenses/${license_id}/promote`),
  }
  const names = ['win', 'lose', 'teach', 'promote', 'promote', 'promote'] as const
  const history = await histories.concurrently(
    {
      actors: 10,
      operations: 50,
      input: (_index, drawn) => ({ door: drawn.pick(names), hours: drawn.integer(1, 9) }),
    },
    async ({ door, hours }) => outcomeOfResponse(await doors[door](hours)),
  )
  const done = (door: string): number[] =>
    history.ok.filter(({ input }) => input.door === door).map(({ input }) => input.hours)
  prove('answers that leave it open', history.unknown).isEmpty()
  prove('requests under way at once', history.overlapMax).isAtLeast(5)
  const level = 1 + done('promote').length
  const row = await sql.one(
    `select current_level, max_achieved_level, competitions_entered, competitions_won,
       teaching_hours from gancuju_licenses where id = $1`,
    [license_id],
  )
  prove('the licence and what was acknowledged', row).equals({
    current_level: level,
    max_achieved_level: level,
    competitions_entered: 3 + done('win').length + done('lose').length,
    competitions_won: 2 + done('win').length,
    teaching_hours: sumOf(done('teach')),
  })
  prove('promotions, of at least three that the record allowed', level - 1).isAtLeast(3)
  prove('changes of level', await levelPath(sql, license_id)).satisfies(
    `one path from 1 to ${level}`,
    (found) => isPath(found, level),
  )
})

type Door = (amount: number) => PromiseLike<HttpResponse>

/** The doors that lead to one internship licence. */
function doorsOf(
  { admin, instructor, seasons }: Academy,
  { holder, licenseIds }: Student,
  { orders, payable }: { readonly orders: readonly number[]; readonly payable: number },
): Readonly<Record<'xp' | 'attend' | 'verify' | 'spend' | 'renew', Door>> {
  const path = '/api/v1/internship'
  const license_id = licenseIds.INTERNSHIP
  return {
    xp: (xp_gained) => admin.post(`${path}/xp`, { license_id, xp_gained }),
    attend: (amount) => {
      const session_id = seasons.INTERNSHIP.sessionIds[amount % 3]
      const mark = { session_id, user_id: holder.id, status: 'PRESENT' }
      return instructor.post('/api/v1/attendance', mark)
    },
    verify: (amount) => admin.post(`${path}/credits/${orders[amount % 3]}/verify`),
    spend: (amount) => holder.post(`${path}/credits/spend`, { enrollment_id: payable, amount }),
    renew: () => holder.post(`${path}/licenses/${license_id}/renew`),
  }
}

interface Totals {
  readonly credit_balance: number
  readonly current_level: number
  readonly level_due: number
}

function totalsOf(sql: Sql, licenseId: number): Promise<Totals> {
  return sql.one(
    `select total_xp, credit_balance, sessions_completed, current_level,
       (select coalesce(sum(amount), 0) from xp_transactions where license_id = l.id) as xp_booked,
       (select sum(amount) from internship_credit_transactions
         where license_id = l.id and payment_verified) as credits_booked,
       (select count(*) from internship_credit_transactions
         where license_id = l.id and type = 'RENEWAL') as renewals,
       (select max(level) from spec_levels where ladder_id = 'INTERNSHIP' and version = 1
         and required_xp <= total_xp) as level_due
     from internship_licenses l where id = $1`,
    [licenseId],
  )
}

type LevelPath = readonly { readonly from_level: number; readonly to_level: number }[]

function levelPath(sql: Sql, licenseId: number): Promise<LevelPath> {
  return sql.rows(
    'select from_level, to_level from license_progressions where license_id = $1 order by id',
    [licenseId],
  )
}

/** Whether each change starts where the one before it ended, from level 1 to this one. */
function isPath(path: LevelPath, level: number): boolean {
  const starts = [...path.map(({ from_level }) => from_level), level]
  const ends = [1, ...path.map(({ to_level }) => to_level)]
  return starts.every((from, at) => from === ends[at])
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((all, one) => all + one, 0)
}
