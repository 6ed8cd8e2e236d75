import { once } from 'node:events'
import { Agent, get, type ClientRequest, type IncomingMessage } from 'node:http'
import { setTimeout as rest } from 'node:timers/promises'
import { signedIn, type CanaryTraffic, type Random, type SystemHandle } from 'etalon'
import { insertStudents } from '../coupled-pair.ts'

/** What the students of a rollout saw. */
export interface Seen {
  /** Requests that stable, or nobody, did not answer with 200. */
  readonly lost: string[]
  readonly answered: Map<string, number>
}

const studentCount = 400
/** With so many, the pause of a process is short beside what all of them wait. */
const atOnce = 20
/** Rests between two looks leave the processors room: what queues up is noise for both revisions. */
const restMs = { min: 1, max: 4 }
const looksUntilWarm = 600

/** What the requests of students carry: so many that a twentieth of them is about twenty. */
export async function studentsOf(
  system: SystemHandle,
  random: Random,
): Promise<readonly Carried[]> {
  const ids = await insertStudents(system.sql, random, studentCount)
  const [issuer, secret] = [system.name, system.services.secret('jwt')]
  return ids.map(
    (id) =>
      signedIn({ subject: String(id), issuer, secret, claims: { epoch: 0 }, facts: {} }).headers,
  )
}

type Carried = Readonly<Record<string, string>>

/** Lets students look at their licences through the proxy, one after another, until it is decided. */
export async function lookAtLicenses(
  students: readonly Carried[],
  { url, signal }: CanaryTraffic,
  random: Random,
): Promise<Seen> {
  const seen: Seen = { lost: [], answered: new Map() }
  await lookInTurn(students, url, async (key) => {
    seen.answered.set(key, (seen.answered.get(key) ?? 0) + 1)
    if (!key.startsWith('candidate') && key !== 'stable 200') seen.lost.push(key)
    await rest(random.integer(restMs.min, restMs.max))
    return !signal.aborted
  })
  return seen
}

/** Looks of students at a revision itself, before it gets its first client: cold, all of it is slow. */
export async function warmUp(students: readonly Carried[], { url }: SystemHandle): Promise<void> {
  let left = looksUntilWarm
  await lookInTurn(students, url, async () => (left -= 1) > 0)
}

/** Some look at a time, one student after another, as long as those who were answered go on. */
async function lookInTurn(
  students: readonly Carried[],
  url: string,
  goesOn: (answer: string) => Promise<boolean>,
): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  let next = 0
  const look = async (): Promise<void> => {
    for (let isOver = false; !isOver;) {
      next += 1
      const headers = students[next % students.length] as Carried
      const asked = get(`${url}/api/v1/licenses/unified`, { agent, headers })
      isOver = !(await goesOn(await answerTo(asked).catch(String)))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, look))
  agent.destroy()
}

/** Who answered, and how. Node's own client takes a seventh of what `fetch` does. */
async function answerTo(asked: ClientRequest): Promise<string> {
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  await once(answer, 'end')
  return `${String(answer.headers['etalon-canary'])} ${answer.statusCode}`
}
