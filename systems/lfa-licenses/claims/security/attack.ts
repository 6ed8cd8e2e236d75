import { claim, type HttpResponse, readSchema, signToken, type Sql } from 'etalon'
import { openAcademy, takeIn, type Academy, type Student } from '../academy.ts'
import { orderCredits } from '../credit.ts'
import { forgedTokens } from './forged-token.ts'
import { achievementsOf, injectionsInto } from './injection.ts'
import { licenseState } from '../license-state.ts'
import { placeOf, specializations, type Specialization } from '../license.ts'
import { readOperations, type Operation } from '../openapi.ts'
import { personOf } from '../person.ts'
import { exampleOf, sendExample, type IdOf } from '../request-example.ts'

const nobody = 999_999_999

claim('LFA-T-61', async ({ system, sql, random, prove }) => {
  const { anonymous, name, services } = system
  const admin = await personOf(system, 'admin:tokens')
  const thief = await personOf(system, 'student:tokens')
  const closed = await personOf(system, 'admin:tokens-closed')
  const secret = services.secret('jwt')
  const tokenOf = (id: number): string =>
    signToken({ sub: String(id), iss: name, aud: name, epoch: 0 }, secret)
  const tokens = forgedTokens({ name, secret, subject: String(admin.id), own: tokenOf(thief.id) })
  await admin.patch(`/api/v1/users/${closed.id}`, { is_active: false }).expect(200)
  tokens.push(['of a closed account', tokenOf(closed.id)])
  const operations = (await readOperations(anonymous)).filter(({ isPublic }) => !isPublic)
  const before = await powers(sql)

  const taken: string[] = []
  const tryOn = async (operation: Operation, what: string, header: string): Promise<void> => {
    const example = exampleOf(operation, random, () => admin.id)
    const by = anonymous.as(`a token ${what}`, { authorization: header })
    const { status } = await sendExample(by, operation, example)
    if (status !== 401) taken.push(`${operation.name}, a token ${what}: ${status}`)
  }
  const doors = operations.filter(({ name: one }) =>
    /^(GET \S+\/(users\/me|audit)|DELETE \S+\/users\/\{id\})$/.test(one),
  )
  for (const [what, token] of tokens) {
    await Promise.all(doors.map((door) => tryOn(door, what, `Bearer ${token}`)))
  }
  const everywhere = tokens.filter(([what]) => what === 'not signed' || what === 'expired')
  for (const [what, token] of everywhere) {
    await Promise.all(operations.map((one) => tryOn(one, what, `Bearer ${token}`)))
  }
  const valid = tokenOf(admin.id)
  for (const header of ['', 'Bearer', `Basic ${valid}`, valid, `Bearer ${valid} x`]) {
    await Promise.all(doors.map((door) => tryOn(door, `sent as "${header.slice(0, 9)}"`, header)))
  }
  prove('doors that each token was tried on', doors.length).equals(3)
  prove('tokens', tokens.length).isAtLeast(20)
  prove('tokens that were taken', taken).isEmpty()
  prove('accounts and powers after that', await powers(sql)).equals(before)
})

claim('LFA-T-61', { name: 'foreign' }, async ({ system, sql, random, prove }) => {
  const academy = await openAcademy(system, random, 'foreign')
  const victim = await takeIn(system, academy, 'student:foreign')
  const elsewhere = await openAcademy(system, random, 'foreign-elsewhere')
  const rival = await takeIn(system, elsewhere, 'student:foreign-rival')
  const purchases = {
    LFA_PLAYER: await orderCredits(victim.holder, 'LFA_PLAYER', 700),
    INTERNSHIP: await orderCredits(victim.holder, 'INTERNSHIP', 700),
  }
  const idOf = idsOf({ academy, victim, purchases })
  const { holder, licenseIds } = victim
  const operations = (await readOperations(system.anonymous)).filter(isPersonal)
  const before = [await licenseState(sql, holder.id), await accountOf(sql, holder.id)]

  const mine = new Set<unknown>([holder.id, ...Object.values(licenseIds)])
  const got: string[] = []
  for (const operation of operations) {
    const example = exampleOf(operation, random, idOf)
    const query = Object.fromEntries(
      operation.parameters
        .filter(({ in: where, name }) => where === 'query' && /^(user|license)_id$/.test(name))
        .map(({ name }) => [name, String(idOf(name, operation))]),
    )
    for (const by of [rival.holder, elsewhere.instructor]) {
      const answer = await sendExample(by, operation, {
        ...example,
        query: { ...example.query, ...query },
      })
      const isEmptyList = answer.status === 200 && !shows(answer, mine)
      if (answer.status !== 403 && !isEmptyList) {
        got.push(`${operation.name} by ${by.actor}: ${answer.status}`)
      }
    }
  }
  prove('operations on things of a person', operations.length).isAtLeast(50)
  prove('operations that reach those of another', got).isEmpty()
  const after = [await licenseState(sql, holder.id), await accountOf(sql, holder.id)]
  prove('licences and account of the other', after).equals(before)
})

claim('LFA-T-61', { name: 'escalation' }, async ({ system, sql, random, prove }) => {
  const { anonymous, name, services } = system
  const people = [
    await personOf(system, 'student:climber'),
    await personOf(system, 'instructor:climber'),
  ]
  const operations = (await readOperations(anonymous)).filter(({ isForAdmins }) => isForAdmins)
  const before = await powers(sql)
  const got: string[] = []
  const refused = async (what: string, answer: PromiseLike<HttpResponse>): Promise<void> => {
    const { status } = await answer
    if (status !== 403) got.push(`${what}: ${status}`)
  }
  for (const person of people) {
    const claims = { sub: String(person.id), iss: name, aud: name, epoch: 0, role: 'ADMIN' }
    const boasting = anonymous.as(`${person.actor} as an admin`, {
      authorization: `Bearer ${signToken(claims, services.secret('jwt'))}`,
    })
    for (const operation of operations) {
      const example = exampleOf(operation, random, () => person.id)
      await refused(`${operation.name} by ${person.actor}`, sendExample(person, operation, example))
      await refused(
        `${operation.name} by ${boasting.actor}`,
        sendExample(boasting, operation, example),
      )
    }
    const own = `/api/v1/users/${person.id}`
    await refused(`${person.actor} makes himself an admin`, person.patch(own, { role: 'ADMIN' }))
  }
  prove('operations of admins', operations.length).isAtLeast(17)
  prove('operations of admins that others may do', got).isEmpty()
  prove('accounts and powers after that', await powers(sql)).equals(before)
  const gifts = [{ current_level: 8 }, { max_achieved_level: 8 }, { credit_balance: 9_999 }]
  const [student] = people
  const statuses = gifts.map(async (gift) => (await student?.post(internships, gift))?.status)
  prove('licences issued with what has to be earned', await Promise.all(statuses)).equals(
    gifts.map(() => 422),
  )
})

claim('LFA-T-61', { name: 'injection' }, async ({ system, sql, random, prove }) => {
  const academy = await openAcademy(system, random, 'injection')
  const victim = await takeIn(system, academy, 'student:injection')
  const { admin } = academy
  const purchases = { LFA_PLAYER: nobody, INTERNSHIP: nobody }
  const idOf = idsOf({ academy, victim, purchases })
  // What deletes would take away what the others are tried on, and changes nothing by a text.
  const operations = (await readOperations(system.anonymous)).filter(
    ({ method }) => method !== 'DELETE',
  )
  const injections = operations.flatMap((one) => injectionsInto(one, random, idOf))
  const before = { schema: await readSchema(sql), powers: await powers(sql) }
  const achieved: unknown[] = []
  const waiting = [...injections]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      achieved.push(...(await achievementsOf(admin, next)))
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  const places = new Set(injections.map(({ operation, place }) => `${operation.name} ${place}`))
  prove('places for text', places.size).isAtLeast(150)
  prove('what SQL in them achieved', achieved).isEmpty()
  prove('tables after that', (await readSchema(sql)).tables).equals(before.schema.tables)
  prove('powers after that', await powers(sql)).equals(before.powers)
})

const internships = `${placeOf.INTERNSHIP.path}/licenses`

/** Who may do what, in numbers that an attack would change. */
function powers(sql: Sql): Promise<unknown> {
  return sql.one(
    `select count(*) filter (where role = 'ADMIN') as admins,
       count(*) filter (where role = 'INSTRUCTOR') as instructors,
       count(*) filter (where not is_active) as closed,
       (select count(*) from audit_log where action like 'user.delete') as deleted
     from users`,
  )
}

function accountOf(sql: Sql, id: number): Promise<unknown> {
  return sql.one('select * from users where id = $1', [id])
}

/** Whether an operation names a licence, an enrolment, a purchase or an account of somebody. */
function isPersonal({ path, body, parameters, isPublic }: Operation): boolean {
  const byId = /\/(licenses|enrollments|users|credits)\/\{id\}/.test(path)
  const names = [...Object.keys(body?.properties ?? {}), ...parameters.map(({ name }) => name)]
  const byName = names.some((name) => /^(license|enrollment|user|student)_id$/.test(name))
  return !isPublic && (byId || byName)
}

/** Whether an answer shows something with one of these ids, at any depth of its lists. */
function shows({ body }: HttpResponse, ids: ReadonlySet<unknown>): boolean {
  const { items } = body as { items?: readonly Readonly<Record<string, unknown>>[] }
  if (!items) return true
  return items.some(({ user_id, license_id }) => ids.has(user_id) || ids.has(license_id))
}

interface Things {
  readonly academy: Academy
  readonly victim: Student
  readonly purchases: Readonly<Record<'LFA_PLAYER' | 'INTERNSHIP', number>>
}

/** The ids of somebody's things, by the names under which requests have them. */
function idsOf({ academy, victim, purchases }: Things): IdOf {
  return (name, { path }) => {
    const of = specializations.find((one) => path.startsWith(placeOf[one].path)) ?? 'LFA_PLAYER'
    const ids: Readonly<Record<string, number>> = {
      license_id: victim.licenseIds[of],
      enrollment_id: victim.enrollmentIds[of],
      user_id: victim.holder.id,
      student_id: victim.holder.id,
      instructor_id: academy.instructor.id,
      semester_id: academy.seasons[of].semesterId,
      session_id: academy.seasons[of].sessionIds[0] ?? nobody,
      id: ownIdOf(path, of, { academy, victim, purchases }),
    }
    return ids[name] ?? nobody
  }
}

function ownIdOf(path: string, of: Specialization, { academy, victim, purchases }: Things): number {
  if (path.includes('/licenses/')) return victim.licenseIds[of]
  if (path.includes('/enrollments/')) return victim.enrollmentIds[of]
  if (/\/users?\//.test(path)) return victim.holder.id
  if (path.includes('/credits/')) return purchases[of === 'INTERNSHIP' ? of : 'LFA_PLAYER']
  const { semesterId, sessionIds } = academy.seasons[of]
  return path.includes('/sessions/') ? (sessionIds[0] ?? nobody) : semesterId
}
