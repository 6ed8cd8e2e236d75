import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { every, lead } from 'service-kit'
import { tick } from '../operation/tick.ts'
import type { ResponseGenerator } from '../response/response.ts'
import type { Service } from '../service.ts'
import { autonomousEcosystems } from '../store/autonomy.ts'
import { refreshSummaries } from '../store/summary.ts'

/**
 * What is done again and again, in one process at a time however many there are: the summaries are
 * made new, and characters act by themselves where their ecosystem allows it.
 */
export function startJobs(
  service: Service,
  generator: ResponseGenerator,
): { stop(): Promise<void> } {
  const { env, log, pool } = service
  const warn = (about: string) => (error: unknown) => log.warn({ err: error }, about)
  return lead({
    url: env.DATABASE_URL,
    applicationName: 'observatory-jobs',
    name: 'observatory-jobs',
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: env.STATEMENT_TIMEOUT_MS + 1_000,
    async work(_connection, signal) {
      const jobs = [
        every(
          env.SUMMARY_INTERVAL_MS,
          () => refreshSummaries(pool),
          warn('the summaries are not made new now'),
        ),
        every(
          env.TICK_INTERVAL_MS,
          () => tickAll(service, generator, signal),
          warn('nobody acts by himself now'),
        ),
      ]
      if (!signal.aborted) await once(signal, 'abort')
      await Promise.all(jobs.map((job) => job.stop()))
    },
    onError: warn('the jobs begin again'),
  })
}

/** One tick in each ecosystem; a refusal in one, such as a cooldown, keeps no other from its tick. */
async function tickAll(
  service: Service,
  generator: ResponseGenerator,
  signal: AbortSignal,
): Promise<void> {
  for (const ecosystem of await autonomousEcosystems(service.pool)) {
    if (signal.aborted) return
    await tick(service, generator, ecosystem, randomUUID()).catch((error: unknown) =>
      service.log.info({ err: error, ecosystem: ecosystem.id }, 'a deed was refused'),
    )
  }
}
