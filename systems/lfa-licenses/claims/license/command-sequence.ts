import { claim, type Random, type Sql, type SystemHandle } from 'etalon'
import { openAcademy, takeIn } from '../academy.ts'
import { desynchronized, type Pair } from '../coupled-pair.ts'
import { buyCredits } from '../credit.ts'
import { giveCommand, type GivenCommand, type Stage } from './command.ts'
import { imbalances } from '../ledger.ts'
import { licenseState, type LicenseState } from '../license-state.ts'
import { specializations } from '../license.ts'

const sequences = 4
const commandsEach = 80

claim('LFA-T-62', { timeoutMs: 120_000 }, async ({ system, sql, random, prove }) => {
  const violations: unknown[] = []
  const given: GivenCommand[] = []
  for (let round = 0; round < sequences; round += 1) {
    const stage = await openStage(system, random, `sequence-${round}`)
    const told: string[] = []
    let before = await stateOf(sql, stage)
    for (let step = 0; step < commandsEach; step += 1) {
      const last = await giveCommand(stage, random, (pair) => falsify(sql, pair))
      given.push(last)
      told.push(`${last.command} ${last.status}`)
      const after = await stateOf(sql, stage)
      const broken = [...brokenBy(last, before, after), ...(await inequalitiesOf(sql))]
      // What comes after a violation is only its consequence.
      if (broken.length > 0) {
        violations.push({ round, step, broken, sequence: told.slice(-6) })
        break
      }
      before = after
    }
  }
  const done = given.filter(({ status }) => status < 300)
  const refused = given.filter(({ status }) => status >= 400)
  prove('sequences after which a rule was broken', violations).isEmpty()
  prove('commands', given.length).equals(sequences * commandsEach)
  prove('commands that were done', done.length).isAtLeast(50)
  const ofProgress = done.filter(({ of }) => of.specialization === null)
  prove('commands about progress that were done', ofProgress.length).isAtLeast(20)
  prove('commands that the rules refused', refused.length).isAtLeast(20)
})

/** What is known of one licence: all of it as text, and its levels. */
interface Known {
  readonly states: readonly LicenseState[]
  readonly levels: readonly { id: number; current: number; highest: number }[]
}

async function openStage(system: SystemHandle, random: Random, name: string): Promise<Stage> {
  const academy = await openAcademy(system, random, 'sequences', { costCredits: 800 })
  const further = await openAcademy(system, random, 'sequences', {
    sessions: 0,
    costCredits: 3_000,
  })
  const students = [
    await takeIn(system, academy, `student:${name}-first`),
    await takeIn(system, academy, `student:${name}-second`),
  ]
  const { admin } = academy
  for (const { holder } of students) {
    await buyCredits({ holder, admin }, 'LFA_PLAYER', 2_000)
    await buyCredits({ holder, admin }, 'INTERNSHIP', 4_000)
  }
  return {
    academy,
    further: further.seasons,
    students,
    purchases: [],
    enrollments: students.flatMap(({ enrollmentIds }, student) =>
      specializations.map((specialization) => ({
        student,
        specialization,
        id: enrollmentIds[specialization],
      })),
    ),
  }
}

async function stateOf(sql: Sql, { students }: Stage): Promise<Known> {
  const ids = students.map(({ holder }) => holder.id)
  const [levels, ...states] = await Promise.all([
    sql.rows<Known['levels'][number]>(levelsQuery, [ids]),
    ...ids.map((id) => licenseState(sql, id)),
  ])
  return { states, levels }
}

const levelsQuery = ['gancuju', 'internship', 'coach']
  .map(
    (prefix) => `select id, current_level as current, max_achieved_level as highest
      from ${prefix}_licenses where user_id = any($1)`,
  )
  .join(' union all ')

/** What a command changed that it must not, and the levels that fell. */
function brokenBy({ of, status }: GivenCommand, before: Known, after: Known): string[] {
  const broken: string[] = status >= 500 ? [`it is answered with ${status}`] : []
  for (const [student, state] of after.states.entries()) {
    for (const name of specializations) {
      const isMeant = student === of.student && name === of.specialization && status < 300
      const isSame = state.get(name) === before.states[student]?.get(name)
      if (!isSame && !isMeant) broken.push(`it changes ${name} of student ${student}`)
    }
  }
  const highest = new Map(before.levels.map((one) => [one.id, one.highest]))
  for (const level of after.levels) {
    if (level.highest < Math.max(level.current, highest.get(level.id) ?? 1)) {
      broken.push(`the highest level of licence ${level.id} falls to ${level.highest}`)
    }
  }
  return broken
}

/** Balances that are not their ledgers, and pairs of progress and licence that differ. */
async function inequalitiesOf(sql: Sql): Promise<string[]> {
  const { wrong } = await imbalances(sql)
  const apart = await desynchronized(sql)
  return [
    ...wrong.map((one) => `a balance is not the sum of its ledger: ${JSON.stringify(one)}`),
    ...apart.map((one) => `progress and licence differ: ${JSON.stringify(one)}`),
  ]
}

/** Puts the licence of a pair on another level than its progress has, if there is one. */
async function falsify(sql: Sql, { studentId, specialization }: Pair): Promise<void> {
  await sql.run(
    `update user_licenses set current_level = case current_level when 1 then 2 else 1 end
     where user_id = $1 and specialization_type = $2`,
    [studentId, specialization],
  )
}
