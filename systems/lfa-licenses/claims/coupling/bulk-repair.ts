import { claim, type Sql } from 'etalon'
import {
  coupledSpecializations,
  desynchronized,
  insertStudents,
  type Levels,
  type Pair,
} from '../coupled-pair.ts'
import { pairState, plantPair } from '../pair-state.ts'
import { personOf } from '../person.ts'
import { repairAll, type BulkRepair } from '../repair-door.ts'

/** More pairs than an answer shows. */
const pairsMany = 104
const shownMax = 100

const faults: readonly Levels[] = [
  { progress: 2, license: null },
  { progress: null, license: 3 },
  { progress: 3, license: 1 },
  { progress: 1, license: 3 },
  { progress: 2, license: 2 },
]

claim('LFA-CPL-11', { timeoutMs: 120_000 }, async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:tries')
  const students = await insertStudents(sql, random, pairsMany)
  for (const studentId of students) {
    const specialization = random.pick(coupledSpecializations)
    await plantPair(sql, { studentId, specialization }, random.pick(faults))
  }
  const [userId = 0, purchaser = 0] = students
  await sql.run('delete from specialization_progress where student_id = $1', [userId])
  await sql.run('delete from user_licenses where user_id = $1', [userId])
  for (const specialization of coupledSpecializations) {
    await plantPair(sql, { studentId: userId, specialization }, { progress: 3, license: 2 })
  }
  // What no sync mends is counted apart.
  await sql.run(
    `insert into lfa_player_licenses (user_id, age_group, credit_balance) values ($1, 'AMATEUR', 7)`,
    [purchaser],
  )
  const proveTried = async (
    what: string,
    request: { readonly userId?: number; readonly specialization_id?: string },
    expected: object,
  ): Promise<void> => {
    const before = await pairState(sql, students)
    const dry = await repairAll(admin, { ...request, dryRun: true }).expect(200)
    prove(`trying ${what}`, dry.body).holds({ dry_run: true, ...expected })
    prove(`what trying ${what} wrote`, await pairState(sql, students)).equals(before)
    const wet = await repairAll(admin, { ...request, dryRun: false }).expect(200)
    prove(`doing ${what}`, wet.body).holds({ dry_run: false, ...expected })
    const [tried, done] = [dry.body, wet.body].map(actionsOf)
    prove(`pairs shown of ${what}`, dry.body.results.length).equals(
      Math.min(shownMax, dry.body.synced),
    )
    if (dry.body.synced <= shownMax) prove(`actions of ${what}`, done).equals(tried)
    prove(
      `changes said of trying ${what}`,
      dry.body.results.filter((one) => one.changed),
    ).isEmpty()
  }
  const counts = (synced: number, unrepaired = 0): object => ({
    found: synced + unrepaired,
    synced,
    failed: 0,
    unrepaired,
  })
  await proveTried('one user', { userId }, counts(coupledSpecializations.length))
  const interns = await wrongPairs(sql, 'INTERNSHIP')
  await proveTried('one specialization', { specialization_id: 'INTERNSHIP' }, counts(interns))
  for (const studentId of students) await breakAgain(sql, studentId)
  const all = await wrongPairs(sql)
  prove('pairs that are wrong, more than are shown', all).isAbove(shownMax)
  await proveTried('everybody', {}, counts(all, 1))
  prove('pairs that are wrong then', await desynchronized(sql)).isEmpty()
  await proveTried('everybody again', {}, counts(0, 1))
})

function actionsOf({ results }: BulkRepair): string[] {
  return results
    .map((one) => `${one.user_id} ${one.specialization_id} ${one.actions.join()}`)
    .toSorted()
}

/** How many pairs are wrong, by the two tables alone. */
async function wrongPairs(sql: Sql, specialization?: Pair['specialization']): Promise<number> {
  const pairs = (await desynchronized(sql)) as readonly { readonly specialization: string }[]
  return pairs.filter(
    (pair) => specialization === undefined || pair.specialization === specialization,
  ).length
}

/** Puts the licences of a user below his progress. */
async function breakAgain(sql: Sql, studentId: number): Promise<void> {
  await sql.run('update user_licenses set current_level = 1 where user_id = $1', [studentId])
  await sql.run('update specialization_progress set current_level = 2 where student_id = $1', [
    studentId,
  ])
}
