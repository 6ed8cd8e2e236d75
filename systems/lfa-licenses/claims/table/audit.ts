import { claim, type Prove, type SystemHandle } from 'etalon'
import {
  handleEnrollment,
  handlePayments,
  keepAccounts,
  planSemester,
  raiseLevels,
  type Entry,
  type Fields,
} from './audited-deed.ts'
import { refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { issueAll } from '../license.ts'
import { personOf } from '../person.ts'

const { forbidden, notNull } = refusals
const api = '/api/v1'

claim('LFA-ENT-12', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:audited')
  const holder = await personOf(system, 'student:audited')
  const instructor = await personOf(system, 'instructor:audited')
  const planner = await personOf(system, 'admin:plans-audited')
  const ids = await issueAll(holder)
  const deeds = [
    ...(await keepAccounts(admin, random)),
    ...(await planSemester(admin, random)),
    ...(await raiseLevels(admin, ids)),
    ...(await handleEnrollment(admin, { planner, holder, ids }, random)),
    ...(await handlePayments(admin, holder, ids)),
  ]
  const found = await sql.rows<Entry & { actor_id: number; is_fresh: boolean }>(
    `select action, entity, entity_id, before, after, actor_id,
       at between now() - interval '1 minute' and now() as is_fresh
     from audit_log where actor_id = $1 order by id`,
    [admin.id],
  )
  prove(
    'what is on record, in order',
    found.map(({ action }) => action),
  ).equals(deeds.map(({ action }) => action))
  for (const [at, { what, before, after, ...deed }] of deeds.entries()) {
    const entry = found[at]
    prove(`${what}: the entry`, entry).holds({ ...deed, actor_id: admin.id, is_fresh: true })
    proveFields(prove, `${what}: before`, entry?.before, before)
    proveFields(prove, `${what}: after`, entry?.after, after)
  }
  const secrets = found.filter((entry) =>
    /password|hash|\$scrypt|\$argon/.test(JSON.stringify(entry)),
  )
  prove('entries that tell a password', secrets).isEmpty()

  const told = await admin
    .get<{ items: Entry[]; total: number }>(`${api}/audit?actor_id=${admin.id}&page_size=100`)
    .expect(200)
  prove('entries that the log tells', told.body.total).equals(deeds.length)
  prove('the newest entry told', told.body.items[0]).holds({
    action: deeds.at(-1)?.action,
    before: found.at(-1)?.before,
    after: found.at(-1)?.after,
  })
  for (const one of [holder, instructor]) {
    prove('reading the log without being an admin', (await one.get(`${api}/audit`)).status).equals(
      403,
    )
  }
  await proveAppendOnly(system, prove)
})

function proveFields(
  prove: Prove,
  title: string,
  found: Fields | null | undefined,
  expected: Fields | null,
): void {
  if (expected === null) prove(title, found).equals(null)
  else prove(title, found).holds(expected)
}

async function proveAppendOnly(system: SystemHandle, prove: Prove): Promise<void> {
  const rewrites = [
    'update audit_log set actor_id = null',
    'update audit_log set after = null',
    'delete from audit_log',
    'truncate audit_log',
  ].map((text): Attempt => [text, forbidden, text])
  const insert = (values: string): string =>
    `insert into audit_log (action, entity, entity_id, at) values (${values})`
  const wrong = await wronglyAnswered(system.sqlAs('app'), [
    ...rewrites,
    ['an entry', 'accepted', insert(`'x', 'license', 1, now()`)],
    ['an entry of no moment', notNull, insert(`'x', 'license', 1, null`)],
    ['an entry about nothing', notNull, insert(`'x', 'license', null, now()`)],
  ])
  prove('writes of the service answered wrongly', wrong).isEmpty()
}
