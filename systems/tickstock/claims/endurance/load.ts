import { setTimeout as delay } from 'node:timers/promises'
import { processProbe, type ClaimContext, type LoadRequest, type LoadRun } from 'etalon'
import { command } from '../command.ts'

/** The universe whose page is asked for. */
export const universePath = '/universes/etf_bonds'

/** What a page asks for: the list of universes, one of them, and what was told. */
export async function pageRequests({ system }: ClaimContext): Promise<LoadRequest[]> {
  const { headers } = await system.actor('viewer')
  return ['/universes', universePath, '/universes/etf_growth/changes'].map((path) => {
    return { name: path, path, headers }
  })
}

/** Watches both services while a load is on them. */
export function probesOf({ system }: ClaimContext): ReturnType<typeof processProbe>[] {
  return services.map((name) => processProbe(name, system.process(name).child.pid))
}

export const services = ['consumer', 'producer'] as const

/** A figure of one service, each time it was looked at during a load. */
export function figuresOf({ resources }: LoadRun, service: string, figure: string): number[] {
  return resources
    .filter(({ name }) => name === service)
    .map(({ reading }) => reading[figure] ?? Number.POSITIVE_INFINITY)
}

/** A command takes a processor of its own for a second, which whoever measures would feel as well. */
const expandEveryMs = 2_500

/** Expands universes that are to change, every two and a half seconds, until `work` is done. */
export async function whileExpanding<Result>(
  { system, sql }: ClaimContext,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly expansions: number }> {
  let expansions = 0
  const over = new AbortController()
  const expanding = (async () => {
    const beganAtMs = performance.now()
    while (!over.signal.aborted) {
      await sql.run(`select update_etf_universe('bonds', '["AGG"]', '{}')`)
      const { code, stderr } = await command(system, 'etf-universe', 'expand')
      if (code !== 0) throw new Error(`an expansion failed: ${stderr}`)
      expansions += 1
      const waitMs = beganAtMs + expansions * expandEveryMs - performance.now()
      await delay(Math.max(0, waitMs), undefined, over).catch(() => undefined)
    }
  })()
  const working = work().finally(() => over.abort())
  const [result] = await Promise.all([working, expanding])
  return { result, expansions }
}
