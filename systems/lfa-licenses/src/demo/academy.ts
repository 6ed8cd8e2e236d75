import { inTransaction } from 'service-kit'
import { purchaseCredits, verifyPurchase } from '../operation/credit.ts'
import { graduate } from '../operation/graduation.ts'
import { createLicense } from '../operation/license.ts'
import { changeSemester } from '../operation/semester.ts'
import type { Service } from '../service.ts'
import { assessSkills } from '../store/player.ts'
import { climbBelts, earnXp, trainCoach } from './career.ts'
import { makePeople, type People, type Person } from './person.ts'
import { attend, daysAgo, enrollStudent, planSeason } from './season.ts'
import { train } from './training.ts'

/** An account of the demo that can be signed in with. */
interface SignIn {
  readonly role: string
  readonly name: string
  readonly email: string
  readonly password: string
}

/**
 * Fills an empty database with an academy in the middle of its year: one season that has ended
 * with graduates, one that is running in each specialization, payments that wait, a licence that
 * is about to expire. Gives the accounts with their passwords, which are kept nowhere else.
 */
export async function fillDemo(service: Service): Promise<SignIn[]> {
  const people = await makePeople(service)
  await runPlayers(service, people)
  await runBelts(service, people)
  await runInternship(service, people)
  await runCoaches(service, people)
  await train(service, people)
  const { admins, instructors, students } = people
  return [...admins, ...instructors, ...students].map(({ actor, name, email, password }) => ({
    role: actor.role,
    name,
    email,
    password,
  }))
}

const skills = [62, 71, 58, 80, 77, 69] as const

async function runPlayers(service: Service, people: People): Promise<void> {
  const { pool } = service
  const [admin, instructor] = [first(people.admins), first(people.instructors)]
  const players = people.students.slice(0, 4)
  const lastYear = daysAgo(service, 150)
  const specialization = 'LFA_PLAYER'
  const plan = { specialization, instructor, weeks: 10, costCredits: 5_000 } as const
  const ended = await planSeason(service, people, {
    ...plan,
    code: 'DEMO-PLAYER-SPRING',
    name: 'Spring season',
    startedDaysAgo: 140,
  })
  const running = await planSeason(service, people, {
    ...plan,
    code: 'DEMO-PLAYER-AUTUMN',
    name: 'Autumn season',
    startedDaysAgo: 30,
  })
  const enrollments: number[] = []
  for (const [index, player] of players.entries()) {
    const license = await createLicense(lastYear, player.actor, specialization, {})
    const place = { specialization, semester: ended.semester, paid: true } as const
    enrollments.push(await enrollStudent(lastYear, people, player, place))
    await attend(service, player, { ...ended, instructor, missesEvery: 5 + index })
    const values = skills.map((value) => Math.min(100, value + index * 4))
    const [heading = 0, shooting = 0, crossing = 0, passing = 0, dribbling = 0, ball = 0] = values
    const { id } = instructor.actor
    const now = service.clock.now()
    await assessSkills(
      pool,
      license.id,
      heading,
      shooting,
      crossing,
      passing,
      dribbling,
      ball,
      id,
      now,
    )
    const next = { specialization, semester: running.semester, paid: index !== 3 } as const
    await enrollStudent(service, people, player, next)
    if (next.paid) await attend(service, player, { ...running, instructor, missesEvery: 9 })
    await buyCredits(service, people, player, { licenseId: license.id, verified: index !== 1 })
  }
  await changeSemester(service, admin.actor, ended.semester.id, { status: 'COMPLETED' })
  for (const id of enrollments) {
    await inTransaction(pool, (tx) => graduate(tx, service, instructor.actor, id))
  }
}

async function buyCredits(
  service: Service,
  { admins }: People,
  player: Person,
  { licenseId, verified }: { readonly licenseId: number; readonly verified: boolean },
): Promise<void> {
  const specialization = 'LFA_PLAYER'
  const purchase = { amount: 6_000, payment_reference_code: `CARD-${licenseId}` }
  const of = { specialization, id: licenseId, purchase, key: null } as const
  const { transaction } = await inTransaction(service.pool, (tx) =>
    purchaseCredits(tx, service, player.actor, of),
  )
  if (verified) await verifyPurchase(service, first(admins).actor, specialization, transaction.id)
}

async function runBelts(service: Service, people: People): Promise<void> {
  const instructor = people.instructors[1] as Person
  const specialization = 'GANCUJU'
  const season = await planSeason(service, people, {
    specialization,
    code: 'DEMO-GANCUJU-AUTUMN',
    name: 'GānCuju, autumn',
    startedDaysAgo: 45,
    weeks: 12,
    instructor,
    costCredits: 0,
  })
  const careers = [
    { wins: 3, losses: 1, hours: 25, belts: 4 },
    { wins: 1, losses: 1, hours: 0, belts: 1 },
  ]
  for (const [index, career] of careers.entries()) {
    const student = people.students[index + 2] as Person
    const license = await createLicense(service, student.actor, specialization, {})
    const place = { specialization, semester: season.semester, paid: true } as const
    await enrollStudent(service, people, student, place)
    await attend(service, student, { ...season, instructor, missesEvery: 6 })
    await climbBelts(service, instructor, license.id, career)
  }
}

async function runInternship(service: Service, people: People): Promise<void> {
  const instructor = people.instructors[1] as Person
  const intern = people.students[4] as Person
  const specialization = 'INTERNSHIP'
  const season = await planSeason(service, people, {
    specialization,
    code: 'DEMO-INTERNSHIP-1',
    name: 'Internship, first semester',
    startedDaysAgo: 60,
    weeks: 16,
    instructor,
    costCredits: 5_000,
  })
  const license = await createLicense(service, intern.actor, specialization, {})
  const place = { specialization, semester: season.semester, paid: true } as const
  await enrollStudent(service, people, intern, place)
  await attend(service, intern, { ...season, instructor, missesEvery: 7 })
  await earnXp(service, people, license.id)
}

async function runCoaches(service: Service, people: People): Promise<void> {
  const season = await planSeason(service, people, {
    specialization: 'COACH',
    code: 'DEMO-COACH-COURSE',
    name: 'Course for coaches',
    startedDaysAgo: 20,
    weeks: 8,
    instructor: first(people.instructors),
    costCredits: 0,
  })
  await trainCoach(service, people, people.students[5] as Person, season.semester)
}

function first(people: readonly Person[]): Person {
  return people[0] as Person
}
