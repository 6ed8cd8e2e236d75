import { claim, type Actor, type ClaimContext } from 'etalon'
import { crowdProject, type CrowdedProject } from './crowded-project.ts'

const quiet = { isolation: 'quiet', timeoutMs: 240_000 } as const

interface Million extends CrowdedProject {
  readonly owner: Actor
}

let crowded: Promise<CrowdedProject> | undefined

/** A project with a million executions, made once for the claims of this process. */
async function millionOf({ system, sql }: ClaimContext): Promise<Million> {
  const owner = await system.actor('owner:million')
  crowded ??= crowdProject(sql, String(owner.facts['id']), 1_000_000)
  return { ...(await crowded), owner }
}

claim('JEEX-PERF-012', quiet, async (context) => {
  const { timing, random, prove } = context
  const { owner, projectId } = await millionOf(context)
  const agents = `/projects/${projectId}/agents`
  const { body } = await owner
    .get<{ total: number; next_cursor: string }>(`${agents}/executions`)
    .expect(200)
  prove('executions in the list', body.total).equals(1_000_000)
  const metrics = await owner.get<{ total: number }>(`${agents}/metrics?days=365`).expect(200)
  prove('executions in the metrics', metrics.body.total).equals(1_000_000)
  const paths = {
    'a page of executions': 'executions',
    'a page of those that failed': 'executions?status=failed',
    'a page of one agent': 'executions?agent_type=qa_expert',
    'the page after a cursor': `executions?cursor=${body.next_cursor}`,
    'the metrics': 'metrics',
  }
  for (const [name, path] of random.shuffle(Object.entries(paths))) {
    const timed = await timing.repeat({ iterations: 100 }, () =>
      owner.get(`${agents}/${path}`).expect(200),
    )
    prove(`P95 of ${name}`, timed.quantile(0.95)).isBelow(100, 'ms')
  }
})

claim('JEEX-PERF-011', quiet, async (context) => {
  const { timing, prove } = context
  const { owner, projectId, correlationId } = await millionOf(context)
  const list = `/projects/${projectId}/agents/executions`
  const run = `${list}?correlation_id=${correlationId}`
  const { body } = await owner.get<{ total: number }>(run).expect(200)
  prove('executions of the run that is looked for', body.total).equals(1)
  const indexed = await timing.repeat({ iterations: 100 }, () => owner.get(run).expect(200))
  prove('P95 of finding a run among a million', indexed.quantile(0.95)).isBelow(50, 'ms')
  const large = await timing.repeat({ iterations: 100 }, () =>
    owner.get(`${list}?per_page=100`).expect(200),
  )
  prove('P95 of the largest page', large.quantile(0.95)).isBelow(200, 'ms')
})
