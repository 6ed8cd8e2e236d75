import type { HttpResponse, Random } from 'etalon'
import type { Academy, Student } from '../academy.ts'
import { coupledSpecializations, type Pair } from '../coupled-pair.ts'
import { placeOf, specializations, type Specialization } from '../license.ts'
import { progressCommands } from './progress-command.ts'

/** One command as it was given, and what was answered. */
export interface GivenCommand {
  readonly command: string
  /** Whose licence, of which specialization, it may change; progress is of none of the four. */
  readonly of: { readonly student: number; readonly specialization: Specialization | null }
  readonly status: number
}

/** What commands are given about: some students, and what they have bought so far. */
export interface Stage {
  readonly academy: Academy
  /** Semesters in which they are not enrolled at first. */
  readonly further: Academy['seasons']
  readonly students: readonly Student[]
  readonly purchases: { student: number; specialization: Specialization; id: number }[]
  readonly enrollments: { student: number; specialization: Specialization; id: number }[]
}

type Send = (by: 'holder' | 'admin', path: string, body?: unknown) => PromiseLike<HttpResponse>

/** Commands by name, each of which may be given. */
export type Commands = Readonly<Record<string, () => PromiseLike<HttpResponse>>>

/**
 * Gives one drawn command to the service, right or wrong for the moment: what the rules forbid has
 * to change nothing.
 */
export async function giveCommand(
  stage: Stage,
  random: Random,
  falsify: (pair: Pair) => PromiseLike<unknown>,
): Promise<GivenCommand> {
  const student = random.integer(0, stage.students.length - 1)
  const specialization = random.pick([...specializations, null, null])
  const commands =
    specialization === null
      ? progressOf({ stage, random, student }, falsify)
      : commandsFor({ stage, random, student, specialization })
  const name = random.pick(Object.keys(commands))
  const { status, request } = await (commands[name] as Commands[string])()
  const command = `${request.method} ${request.url} ${JSON.stringify(request.body ?? {})}`
  return { command, of: { student, specialization }, status }
}

function progressOf(
  { stage, random, student }: Omit<Moment, 'specialization'>,
  falsify: (pair: Pair) => PromiseLike<unknown>,
): Commands {
  const { holder } = stage.students[student] as Student
  const pair = { studentId: holder.id, specialization: random.pick(coupledSpecializations) }
  return progressCommands({ admin: stage.academy.admin, holder, random, pair, falsify })
}

interface Moment {
  readonly stage: Stage
  readonly random: Random
  readonly student: number
  readonly specialization: Specialization
}

function commandsFor(moment: Moment): Commands {
  const { stage, random, student, specialization } = moment
  const { academy, students } = stage
  const { holder, licenseIds } = students[student] as Student
  const send: Send = (by, path, body) => (by === 'admin' ? academy.admin : holder).post(path, body)
  const { path } = placeOf[specialization]
  const license = `${path}/licenses/${licenseIds[specialization]}`
  const license_id = licenseIds[specialization]
  const hours = { license_id, hours: random.integer(0, 60) }
  const [session_id] = academy.seasons[specialization].sessionIds
  const mark = {
    session_id,
    user_id: holder.id,
    status: random.pick(['PRESENT', 'LATE', 'ABSENT']),
  }
  const shared = { attend: () => send('admin', '/api/v1/attendance', mark) }
  const promotion = {
    override_reason: 'drawn',
    exam_score_percent: 90,
    first_aid_certificate: true,
  }
  switch (specialization) {
    case 'LFA_PLAYER':
      return {
        ...shared,
        ...creditCommands(moment, send),
        assess: () =>
          academy.admin.put(`${license}/skills`, { passing_avg: random.integer(-5, 105) }),
      }
    case 'INTERNSHIP':
      return {
        ...shared,
        ...creditCommands(moment, send),
        grant: () =>
          send('admin', `${path}/xp`, { license_id, xp_gained: random.integer(0, 4_000) }),
        renew: () => send('holder', `${license}/renew`),
      }
    case 'GANCUJU':
      return {
        ...shared,
        compete: () =>
          send('admin', `${path}/competitions`, { license_id, won: random.integer(0, 1) === 1 }),
        teach: () => send('admin', `${path}/teaching-hours`, hours),
        promote: () => send('admin', `${license}/promote`, { override_reason: 'drawn' }),
        promoteByRecord: () => send('admin', `${license}/promote`, {}),
        demote: () => send('admin', `${license}/demote`, { reason: 'drawn' }),
      }
    case 'COACH':
      return {
        ...shared,
        theory: () => send('admin', `${path}/theory-hours`, hours),
        practice: () => send('admin', `${path}/practice-hours`, hours),
        promote: () => send('admin', `${license}/promote`, promotion),
        renew: () => send('holder', `${license}/renew`),
      }
  }
}

function creditCommands({ stage, random, student, specialization }: Moment, send: Send): Commands {
  const { purchases, enrollments, further } = stage
  const { path } = placeOf[specialization]
  const isOwn = (of: (typeof purchases)[number]): boolean =>
    of.student === student && of.specialization === specialization
  const lastOf = (list: typeof purchases): number => {
    const own = list.filter(isOwn)
    return own.length === 0 ? 999_999_999 : random.pick(own).id
  }
  const amount = random.integer(-10, 1_500)
  return {
    buy: async () => {
      const made = await send('holder', `${path}/credits/purchase`, { amount })
      const { transaction } = made.body as { transaction?: { id: number } }
      if (transaction) purchases.push({ student, specialization, id: transaction.id })
      return made
    },
    verify: () => send('admin', `${path}/credits/${lastOf(purchases)}/verify`),
    spend: () =>
      send('holder', `${path}/credits/spend`, { enrollment_id: lastOf(enrollments), amount }),
    enroll: async () => {
      const semester_id = further[specialization].semesterId
      const made = await send('holder', `${path}/enrollments`, { semester_id })
      const { enrollment_id } = made.body as { enrollment_id?: number }
      if (enrollment_id) enrollments.push({ student, specialization, id: enrollment_id })
      return made
    },
    cancel: () => send('holder', `/api/v1/enrollments/${lastOf(enrollments)}/cancel`),
  }
}
