import { claim, type Actor } from 'etalon'
import {
  addExecution,
  executionStates,
  report,
  waysTo,
  type Execution,
  type ExecutionState,
} from '../execution.ts'
import { openProject } from '../project.ts'
import { atOnce, tally, told } from '../refusal.ts'

const forbidden = '409 JEEX_STATE_FORBIDDEN'
const ends: readonly ExecutionState[] = ['completed', 'failed', 'cancelled', 'timed_out']

claim('JEEX-R-07', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:of-states')
  const { id } = await openProject(owner)
  const may: Readonly<Record<ExecutionState, readonly ExecutionState[]>> = {
    pending: ['pending', 'running', 'cancelled'],
    running: ['running', ...ends],
    completed: [],
    failed: [],
    cancelled: [],
    timed_out: [],
  }
  const wrong: unknown[] = []
  for (const from of executionStates) {
    const answers = await Promise.all(
      executionStates.map(async (to) => {
        const before = await openIn(owner, id, from)
        const answer = await report(owner, before, { status: to })
        const { body: after } = await owner.get<Execution>(
          `/projects/${id}/agents/executions/${before.id}`,
        )
        return { from, to, found: told(answer), kept: after.status }
      }),
    )
    const isRight = ({ to, found, kept }: (typeof answers)[number]): boolean =>
      may[from].includes(to) ? found === '200' && kept === to : found === forbidden && kept === from
    wrong.push(...answers.filter((each) => !isRight(each)))
  }
  prove('changes of state, of 36, that went wrong', wrong).isEmpty()
  const late = await Promise.all(
    ends.map(async (state) => report(owner, await openIn(owner, id, state), { tokens_in: 1 })),
  )
  prove('tokens that are reported after each end', tally(late)).equals(`4 × ${forbidden}`)

  const raced: string[] = []
  for (let round = 0; round < 5; round += 1) {
    const running = await openIn(owner, id, 'running')
    raced.push(
      tally(await atOnce(20, (at) => report(owner, running, { status: ends[at % 4] as string }))),
    )
  }
  prove('20 ends of one execution at once, five times', raced).equals(
    raced.map(() => `1 × 200, 19 × ${forbidden}`),
  )
  const inconsistent = await sql.rows(
    `select id from agent_executions where project_id = $1
       and (status in ('completed', 'failed', 'cancelled', 'timed_out'))
         is distinct from (completed_at is not null and duration_ms is not null)`,
    [id],
  )
  prove('executions whose end and times disagree', inconsistent).isEmpty()
})

/** A new execution in a state. */
async function openIn(owner: Actor, id: string, state: ExecutionState): Promise<Execution> {
  let { body: last } = await addExecution(owner, id).expect(201)
  for (const status of waysTo[state])
    last = (await report(owner, last, { status }).expect(200)).body
  return last
}
