// The endpoints of JEEX Idea beside the same SQL: by pgbench where there is one, and by the service's
// own way to the database without HTTP. Same statements, same database, as many callers. Then a
// project with a million executions.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { loadSystem } from '../packages/etalon/src/claims/load-systems.ts'
import { startEnvironment } from '../packages/etalon/src/environment/environment.ts'
import { startInstance } from '../packages/etalon/src/environment/instance.ts'
import type { Benchmark } from './benchmark.ts'
import { openIdeas, type Ideas, type IdeaWork } from './jeex/ideas.ts'
import { hasPgbench, pgbenchOf } from './jeex/pgbench.ts'
import { callers, compareRates, openService, rateHead, type Program } from './service-rate.ts'

const length = { rounds: 12, operationsPerRound: 1_000 }
const executionsInAll = 1_000_000
const config = new URL('../systems/jeex-idea/etalon.config.ts', import.meta.url).pathname

const jeex: Benchmark = async () => {
  const { definition } = await loadSystem(config)
  const logs = mkdtempSync(join(os.tmpdir(), 'etalon-bench-'))
  const environment = await startEnvironment({ systems: [definition], logs, poolSize: 0 })
  const { servers } = environment
  const instance = await startInstance({ definition, servers, logs, name: 'bench' })
  const ideas = await openIdeas(instance)
  try {
    return await measure(ideas)
  } finally {
    await ideas.close()
    await instance.stop()
    await environment.stop()
    rmSync(logs, { recursive: true, force: true })
  }
}

async function measure(ideas: Ideas): Promise<string> {
  const service = openService(ideas.url, ideas.headers)
  const rows: string[] = []
  const compare = async (name: string, { path, body, bySql }: IdeaWork): Promise<void> => {
    const byPgbench: Record<string, Program> = hasPgbench()
      ? { [`pgbench, ${name}`]: await pgbenchOf(ideas, bySql) }
      : {}
    const contenders = {
      ...byPgbench,
      [`SQL, ${name}`]: () => bySql(ideas.database),
      [`API, ${name}`]: () => service.call(path, body),
    }
    rows.push(...(await compareRates(contenders, length)))
  }
  try {
    for (const [name, work] of Object.entries(ideas.small)) await compare(name, work)
    const million = await ideas.crowded(executionsInAll)
    for (const [name, work] of Object.entries(million)) await compare(`${name} of a million`, work)
  } finally {
    await service.close()
  }
  return [
    `${length.rounds} interleaved rounds of ${length.operationsPerRound} operations by ${callers} callers; one`,
    'process of the service, PostgreSQL and the callers on the same machine. The pool of the service',
    'has 49 connections, as the SQL without HTTP does.\n',
    ...rateHead,
    ...rows,
  ].join('\n')
}

export default jeex
