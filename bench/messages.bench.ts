// A million durable messages of TickStock, while connections are cut and the consumer is killed at 50
// seeded moments: the claim TICK-T-15 at the size that was asked for.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { loadSystem } from '../packages/etalon/src/claims/load-systems.ts'
import { startEnvironment } from '../packages/etalon/src/environment/environment.ts'
import {
  startInstance,
  type Instance,
  type LinkedService,
} from '../packages/etalon/src/environment/instance.ts'
import { openLink, type Link } from '../packages/etalon/src/instruments/faults/index.ts'
import { createMessages } from '../packages/etalon/src/instruments/messages/index.ts'
import { plainSession } from '../packages/etalon/src/instruments/plain-session.ts'
import { createSql } from '../packages/etalon/src/instruments/sql/index.ts'
import { formatCount, formatDuration, formatQuantity } from '../packages/etalon/src/kernel/units.ts'
import {
  flowUnderFaults,
  type DisturbedFlow,
} from '../systems/tickstock/claims/message/disturbed-flow.ts'
import type { Benchmark } from './benchmark.ts'

const count = 1_000_000
const moments = 50
const seed = 'messages'
const config = new URL('../systems/tickstock/etalon.config.ts', import.meta.url).pathname

const messages: Benchmark = async () => {
  const { definition } = await loadSystem(config)
  const logs = mkdtempSync(join(os.tmpdir(), 'etalon-bench-'))
  const environment = await startEnvironment({ systems: [definition], logs, poolSize: 0 })
  const { servers } = environment
  const links = new Map<LinkedService, Link>()
  try {
    const instance = await startInstance({
      definition,
      servers,
      logs,
      name: 'bench',
      through: async (service, address) => {
        const link = await openLink({ ...address, protocol: service, seed })
        links.set(service, link)
        return { host: '127.0.0.1', port: link.port }
      },
    })
    try {
      return tableOf(await flowOn(instance, links))
    } finally {
      await instance.stop()
    }
  } finally {
    await Promise.all([...links.values()].map((link) => link.close()))
    await environment.stop()
    rmSync(logs, { recursive: true, force: true })
  }
}

async function flowOn(
  instance: Instance,
  links: ReadonlyMap<LinkedService, Link>,
): Promise<DisturbedFlow> {
  const session = plainSession(seed)
  const sql = createSql({ url: instance.adminUrl, session })
  const producer = createSql({ url: instance.urlFor('producer'), session })
  const { redis, services } = instance
  const listening = createMessages(session, {
    url: () => redis?.url ?? '',
    linkUrl: () => services.redis.url,
  })
  try {
    return await flowUnderFaults(
      {
        sql,
        producer,
        messages: listening,
        random: session.random,
        cut: async (service) => (await links.get(service)?.cutAll()) ?? 0,
        killConsumer: async () => {
          await instance.processes.get('consumer')?.child.kill()
        },
        startConsumer: async () => {
          await instance.startAgain('consumer')
        },
      },
      { messages: count, moments },
    )
  } finally {
    await listening.close()
    await Promise.all([sql.close(), producer.close()])
  }
}

function tableOf({ inbox, streams, live, liveOverLink, ...flow }: DisturbedFlow): string {
  const { published, struck, connectionsCut, durationMs } = flow
  const kinds = Map.groupBy(struck, (disturbance) => disturbance)
  const times = [...kinds].map(([kind, all]) => `${kind} ${all.length} times`).sort()
  const rows = Object.entries({
    'in the streams': streams,
    'in the consumer': inbox,
    'heard by publish and subscribe': live,
    'the same by a listener who was cut off too': liveOverLink,
  }).map(([who, { delivered, missing, missedInCuts, duplicated, reordered }]) => {
    const counts = [delivered, ...[missing, missedInCuts, duplicated, reordered].map(countOf)]
    return `| ${who} | ${counts.map(formatCount).join(' | ')} |`
  })
  return [
    `${formatCount(published)} messages on three channels in ${formatDuration(durationMs)}`,
    `(${formatQuantity((published * 1_000) / durationMs, 'Hz')}), with ${moments} disturbances:`,
    `${times.join(', ')}; ${connectionsCut} connections cut.\n`,
    '| | delivered | missing | missed in cuts | twice | out of order |',
    '|---|---|---|---|---|---|',
    ...rows,
    `\nThe slowest message was noted ${formatDuration(inbox.latency.maxMs)} after it was said.`,
  ].join('\n')
}

const countOf = ({ count: found }: { readonly count: number }): number => found

export default messages
