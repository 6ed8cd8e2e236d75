import { claim, eventually } from 'etalon'
import { addExecution, report } from '../execution.ts'
import { listen, type Listener } from '../listener.ts'
import { openProject } from '../project.ts'
import { atOnce } from '../refusal.ts'

const endsWithinMs = 15_000

claim(
  'JEEX-R-02',
  {
    name: 'listeners',
    title: 'Who listens to a project hears that it was deleted, and nothing after that',
    timeoutMs: 60_000,
  },
  async ({ system, sql, prove }) => {
    const owner = await system.actor('owner:of-a-silence')
    const { id } = await openProject(owner)
    const { body: execution } = await addExecution(owner, id).expect(201)
    await report(owner, execution, { status: 'running' }).expect(200)
    const before = await atOnce(5, () => listen(owner, id))
    prove(
      'listeners of 5 that were let in',
      before.filter(({ status }) => status === 200).length,
    ).equals(5)
    const [, ...meanwhile] = await Promise.all([
      owner.delete(`/projects/${id}`).expect(204),
      ...Array.from({ length: 10 }, () => listen(owner, id)),
    ])
    const timedOut = await sql.value<number>(
      `select count(*) from time_out_executions(now() + interval '1 hour', now())
       where project_id = $1`,
      [id],
    )
    prove('what happens to it afterwards', timedOut).equals(1)

    const letIn = [...before, ...meanwhile.filter(({ status }) => status === 200)]
    const areOver = await eventually(() => letIn.every(({ ended }) => ended), endsWithinMs)
    prove('every stream is over', areOver).isTrue()
    prove('last words', [...new Set(letIn.map(lastWord))]).equals(['project.delete'])
    const refused = meanwhile.filter(({ status }) => status !== 200)
    prove(
      'answers to who came as it was deleted and was not let in',
      refused.filter(({ status }) => status !== 404),
    ).isEmpty()
    const back = await listen(owner, id, before[0]?.events.at(-1)?.id)
    prove('answer to who comes back', back.status).equals(404)
    for (const listener of [...letIn, back]) listener.leave()
  },
)

function lastWord({ events }: Listener): string {
  return events.at(-1)?.event ?? 'none'
}
