import { claim, type HttpClient, type HttpResponse, type Prove, type SystemHandle } from 'etalon'
import { refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { proveAnswers, type RowValues } from '../license-insert.ts'
import { issueAll, type LicenseIds } from '../license.ts'
import { personOf } from '../person.ts'
import { columnsOf } from './column.ts'

const { check, notNull, unique, foreignKey, forbidden } = refusals
const sources = ['ATTENDANCE', 'QUIZ', 'PROJECT', 'COMPETITION', 'ACHIEVEMENT', 'MANUAL'] as const

interface Entry {
  readonly source: string
  readonly amount: number
  readonly balance_after: number
  readonly granted_by: number
  readonly idempotency_key: string
}

claim('LFA-ENT-10', async ({ system, sql, random, prove }) => {
  prove('columns', await columnsOf(sql, 'xp_transactions')).holds({
    user_id: 'bigint not null',
    source: 'text not null',
    amount: 'integer not null',
    balance_after: 'integer not null',
    idempotency_key: 'text not null',
    created_at: 'timestamp with time zone not null',
  })
  const admin = await personOf(system, 'admin:books')
  const holder = await personOf(system, 'student:booked')
  const other = await personOf(system, 'student:booked-too')
  const ids = await issueAll(holder)
  const rivals = await issueAll(other)
  const grant = (key: string, body: object) =>
    grantXp(admin, key, { license_id: ids.INTERNSHIP, ...body })
  const expected: Entry[] = []
  let balance = 0
  for (const source of random.shuffle(sources)) {
    const amount = random.integer(1, 3_000)
    const key = random.text(12)
    balance += amount
    const by = { granted_by: admin.id, idempotency_key: key }
    expected.push({ source, amount, balance_after: balance, ...by })
    const { status } = await grant(key, { xp_gained: amount, source })
    prove(`a grant from ${source}`, status).equals(200)
    const again = await grant(key, { xp_gained: amount, source })
    prove(`the same grant again`, again.status).equals(200)
  }
  const ledger = await sql.rows<Entry>(
    `select source, amount, balance_after, granted_by, idempotency_key
     from xp_transactions where user_id = $1 order by id`,
    [holder.id],
  )
  prove('the ledger', ledger).equals(expected)
  const used = expected[0]?.idempotency_key as string
  const reused = [
    ['for another licence', { license_id: rivals.INTERNSHIP }],
    ['for another amount', { xp_gained: 3_001 }],
  ] as const
  for (const [what, change] of reused) {
    const grants = { xp_gained: expected[0]?.amount, source: expected[0]?.source, ...change }
    prove(`a used key ${what}`, (await grant(used, grants)).status).equals(409)
  }

  await proveEntries({ system, prove }, { userId: holder.id, ids, used })
  await proveRewrites(system, prove)
})

function grantXp(by: HttpClient, key: string, body: object): PromiseLike<HttpResponse> {
  return by.post('/api/v1/internship/xp', body, { headers: { 'idempotency-key': key } })
}

interface Booked {
  readonly userId: number
  readonly ids: LicenseIds
  /** A key that has been used. */
  readonly used: string
}

/** What the database takes for an entry, and what not. */
async function proveEntries(
  context: { readonly system: SystemHandle; readonly prove: Prove },
  { userId, ids, used }: Booked,
): Promise<void> {
  const row = {
    user_id: '$1',
    internship_license_id: '$2',
    source: `'MANUAL'`,
    amount: '1',
    balance_after: '1',
    idempotency_key: `'unused'`,
  }
  const attempt = (answer: string, values: RowValues): Attempt => {
    const all = { ...row, ...values }
    const text = `insert into xp_transactions (${Object.keys(all).join(', ')})
      values (${Object.values(all).join(', ')})`
    return [JSON.stringify(values), answer, text, userId, ids.INTERNSHIP]
  }
  await proveAnswers(context, 'entries', [
    attempt('accepted', {}),
    ...sources.map((source) => attempt('accepted', { source: `'${source}'` })),
    attempt(check, { source: `'GIFT'` }),
    attempt(notNull, { source: 'null' }),
    attempt(check, { amount: '0' }),
    attempt(check, { amount: '-1' }),
    attempt(check, { balance_after: '-1' }),
    attempt(notNull, { balance_after: 'null' }),
    attempt(notNull, { idempotency_key: 'null' }),
    attempt(unique, { idempotency_key: `'${used}'` }),
    attempt(check, { internship_license_id: 'nullif($2::bigint, $2)' }),
    attempt(check, { lfa_player_license_id: `${ids.LFA_PLAYER}` }),
    attempt(foreignKey, { internship_license_id: '-$2::bigint' }),
  ])
}

/** The service adds to the ledger and does nothing else with it. */
async function proveRewrites(system: SystemHandle, prove: Prove): Promise<void> {
  const rewrites = [
    'update xp_transactions set amount = 1000000',
    'update xp_transactions set balance_after = balance_after',
    'delete from xp_transactions',
    'truncate xp_transactions',
  ].map((text): Attempt => [text, forbidden, text])
  const answered = await wronglyAnswered(system.sqlAs('app'), rewrites)
  prove('rewriting by the service answered wrongly', answered).isEmpty()
}
