import { claim } from 'etalon'
import { wronglyRefused } from '../contract.ts'
import { refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { proveAnswers } from '../license-insert.ts'
import { personOf } from '../person.ts'
import { columnsOf } from './column.ts'

const { check, notNull, unique, forbidden } = refusals
const shape = '422 LFA_VALIDATION_FAILED'
const exists = '409 LFA_USER_EXISTS'

/** An insert of one user; the values are SQL. */
function userInsert(values: Readonly<Record<string, string>>): string {
  const row = { email: `'new@lfa.example'`, name: `'New'`, role: `'STUDENT'`, ...values }
  return `insert into users (${Object.keys(row).join(', ')})
    values (${Object.values(row).join(', ')})`
}

claim('LFA-ENT-01', async ({ system, sql, random, prove }) => {
  const columns = await columnsOf(sql, 'users')
  prove('columns', columns).holds({
    email: 'text not null',
    name: 'text not null',
    role: 'text not null',
    is_active: 'boolean not null',
    date_of_birth: 'date',
    parental_consent: 'boolean not null',
    xp_balance: 'integer not null',
    created_at: 'timestamp with time zone not null',
  })
  const taken = await personOf(system, 'student:taken')
  const email = await sql.value<string>('select email from users where id = $1', [taken.id])
  const attempts = [
    ['accepted', {}],
    ...['STUDENT', 'INSTRUCTOR', 'ADMIN'].map(
      (role) => ['accepted', { role: `'${role}'` }] as const,
    ),
    [unique, { email: `'${email}'` }],
    [check, { email: `'${email.toUpperCase()}'` }],
    [notNull, { email: 'null' }],
    [notNull, { name: 'null' }],
    [notNull, { role: 'null' }],
    [check, { role: `'COACH'` }],
    [check, { role: `'student'` }],
    [check, { xp_balance: '-1' }],
    [notNull, { xp_balance: 'null' }],
    ['accepted', { xp_balance: '0' }],
  ] as const
  await proveAnswers(
    { system, prove },
    'users',
    attempts.map(([answer, values]) => [JSON.stringify(values), answer, userInsert(values)]),
  )
  const app = system.sqlAs('app')
  const balance = 'update users set xp_balance = 5 where id = $1'
  const writes: Attempt[] = [
    ['a balance', forbidden, balance, taken.id],
    ['an e-mail', forbidden, `update users set email = 'a@b.example' where id = $1`, taken.id],
  ]
  prove('writes of the service answered wrongly', await wronglyAnswered(app, writes)).isEmpty()
  const below: Attempt[] = [
    ['-1', check, 'update users set xp_balance = -1 where id = $1', taken.id],
  ]
  prove('balances answered wrongly', await wronglyAnswered(sql, below)).isEmpty()

  const admin = await personOf(system, 'admin:accounts')
  const fresh = { email: `${random.text(10)}@lfa.example`, name: 'Somebody', role: 'INSTRUCTOR' }
  const make = (change: object) => admin.post('/api/v1/users', { ...fresh, ...change })
  const patch = (change: object) => admin.patch(`/api/v1/users/${taken.id}`, change)
  const refused = await wronglyRefused([
    ['a taken e-mail', exists, make({ email })],
    ['a taken e-mail in capitals', exists, make({ email: email.toUpperCase() })],
    ['no e-mail', shape, make({ email: 'nobody' })],
    ['a fourth role', shape, make({ role: 'COACH' })],
    ['a balance', shape, make({ xp_balance: 5 })],
    ['a role that is none', shape, patch({ role: 'OWNER' })],
    ['changing the balance', shape, patch({ xp_balance: -1 })],
    ['a nameless user', shape, patch({ name: null })],
  ])
  prove('requests refused otherwise', refused).isEmpty()
  const both = await Promise.all([make({}), make({ email: fresh.email.toUpperCase() })])
  const made = both.filter(({ status }) => status === 201)
  prove('accounts made of one e-mail at once', made.length).equals(1)
  const rows = await sql.value<number>('select count(*) from users where lower(email) = any($1)', [
    [email, fresh.email],
  ])
  prove('accounts of the two e-mails', rows).equals(2)
})
