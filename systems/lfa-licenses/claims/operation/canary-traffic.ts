import { setTimeout as rest } from 'node:timers/promises'
import type { Actor, CanaryTraffic, Random, SystemHandle } from 'etalon'

/** What the students of a rollout saw. */
export interface Seen {
  /** Requests that stable, or nobody, did not answer with 200. */
  readonly lost: string[]
  readonly answered: Map<string, number>
}

const studentCount = 400
const atOnce = 10
/** Rests between two looks leave the processors room: what queues up is noise for both revisions. */
const restMs = { min: 1, max: 4 }
const signingInAtOnce = 20

/** Students enough that a twentieth of them is about twenty. */
export async function studentsOf(system: SystemHandle): Promise<readonly Actor[]> {
  const students: Actor[] = []
  while (students.length < studentCount) {
    const names = Array.from(
      { length: signingInAtOnce },
      (_, more) => `student:rollout-${students.length + more}`,
    )
    students.push(...(await Promise.all(names.map((name) => system.actor(name)))))
  }
  return students
}

/** Lets students look at their licences through the proxy, one after another, until it is decided. */
export async function lookAtLicenses(
  students: readonly Actor[],
  { url, signal }: CanaryTraffic,
  random: Random,
): Promise<Seen> {
  const seen: Seen = { lost: [], answered: new Map() }
  let next = 0
  const look = async (): Promise<void> => {
    while (!signal.aborted) {
      next += 1
      const { headers } = students[next % students.length] as Actor
      const answer = await fetch(`${url}/api/v1/licenses/unified`, { headers }).catch(String)
      const key = typeof answer === 'string' ? answer : await answerOf(answer)
      seen.answered.set(key, (seen.answered.get(key) ?? 0) + 1)
      if (!key.startsWith('candidate') && key !== 'stable 200') seen.lost.push(key)
      await rest(random.integer(restMs.min, restMs.max))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, look))
  return seen
}

async function answerOf(answer: Response): Promise<string> {
  await answer.arrayBuffer()
  return `${answer.headers.get('etalon-canary')} ${answer.status}`
}
