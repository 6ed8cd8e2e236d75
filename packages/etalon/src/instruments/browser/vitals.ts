import type { BrowserContext, Page, Request } from 'playwright-core'
import { within } from '../../kernel/clock.ts'

/** How the loading of a page felt, in milliseconds from the start of its navigation. */
export interface Vitals {
  /** First contentful paint (Paint Timing). */
  readonly fcpMs: number
  /** Largest contentful paint so far. */
  readonly lcpMs: number
  /** Cumulative layout shift: the worst session window of shifts without recent input. */
  readonly cls: number
  /**
   * Time to interactive: the end of the last long task (over 50 ms) or request before the first
   * second after FCP in which there was neither; FCP itself when there was none.
   */
  readonly ttiMs: number
}

interface Observed {
  readonly fcpMs: number | null
  readonly lcpMs: number | null
  readonly shifts: readonly { readonly atMs: number; readonly value: number }[]
  readonly busy: readonly { readonly fromMs: number; readonly toMs: number }[]
  readonly nowMs: number
}

const quietMs = 1_000
const timeoutMs = 30_000

/** Requests under way: what a page observes of itself has them only when they have ended. */
const underWay = new WeakMap<BrowserContext, Set<Request>>()
/** They end when the page does. */
const endless = new Set(['eventsource', 'websocket'])

/** Makes every page of a context observe itself from its first moment on. */
export async function observeVitals(context: BrowserContext): Promise<void> {
  const open = new Set<Request>()
  underWay.set(context, open)
  context.on('request', (request) => {
    if (!endless.has(request.resourceType())) open.add(request)
  })
  context.on('requestfinished', (request) => open.delete(request))
  context.on('requestfailed', (request) => open.delete(request))
  await context.addInitScript(observer)
}

/**
 * Waits until the page is interactive by the definition above, and gives its vitals.
 *
 * @throws an error that names what the page still waits for after 30 s
 */
export async function vitalsOf(page: Page): Promise<Vitals> {
  for (;;) {
    const observed = await quietOf(page)
    const [request] = underWay.get(page.context()) ?? []
    if (!request) return vitalsFrom(observed)
    const seconds = timeoutMs / 1_000
    const waits = (): Error => new Error(`${request.url()} was under way for ${seconds} s`)
    await within(endOf(request), timeoutMs, waits)
  }
}

async function endOf(request: Request): Promise<void> {
  const response = await request.response()
  await response?.finished()
}

/** What a page has observed when the last second was without a long task or the end of a request. */
async function quietOf(page: Page): Promise<Observed> {
  const handle = await page.waitForFunction(
    (quiet) => {
      const observed = (globalThis as unknown as { etalonVitals?: () => Observed }).etalonVitals?.()
      if (!observed || observed.fcpMs === null) return null
      const lastBusy = Math.max(observed.fcpMs, ...observed.busy.map(({ toMs }) => toMs))
      return observed.nowMs - lastBusy >= quiet ? observed : null
    },
    quietMs,
    { timeout: timeoutMs },
  )
  return (await handle.jsonValue()) as Observed
}

/** Works the vitals out of what was observed. */
function vitalsFrom(observed: Observed): Vitals {
  const fcpMs = observed.fcpMs ?? Number.NaN
  return {
    fcpMs,
    lcpMs: observed.lcpMs ?? fcpMs,
    cls: worstWindow(observed.shifts),
    ttiMs: interactiveAt(fcpMs, observed.busy),
  }
}

function interactiveAt(fcpMs: number, busy: Observed['busy']): number {
  let atMs = fcpMs
  for (const { fromMs, toMs } of busy.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (fromMs - atMs >= quietMs) break
    atMs = Math.max(atMs, toMs)
  }
  return atMs
}

/** Session windows as in the definition of CLS: gaps under 1 s, at most 5 s long. */
function worstWindow(shifts: Observed['shifts']): number {
  let worst = 0
  let sum = 0
  let firstAtMs = Number.NEGATIVE_INFINITY
  let lastAtMs = Number.NEGATIVE_INFINITY
  for (const { atMs, value } of shifts) {
    const continues = atMs - lastAtMs < 1_000 && atMs - firstAtMs < 5_000
    sum = continues ? sum + value : value
    if (!continues) firstAtMs = atMs
    lastAtMs = atMs
    worst = Math.max(worst, sum)
  }
  return worst
}

/** What the browser's PerformanceObserver tells; Node.js has one too, with other types. */
interface Entry {
  readonly name: string
  readonly startTime: number
  readonly duration: number
  readonly value?: number
  readonly hadRecentInput?: boolean
}
declare const PerformanceObserver: new (
  see: (list: { getEntries(): readonly Entry[] }) => void,
) => { observe(options: { type: string; buffered: boolean }): void }

/** Runs in the page, before anything of it. */
function observer(): void {
  const shifts: { atMs: number; value: number }[] = []
  const busy: { fromMs: number; toMs: number }[] = []
  let fcpMs: number | null = null
  let lcpMs: number | null = null
  const observe = (type: string, see: (entry: Entry) => void): void => {
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({
      type,
      buffered: true,
    })
  }
  observe('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') fcpMs = entry.startTime
  })
  observe('largest-contentful-paint', (entry) => {
    lcpMs = entry.startTime
  })
  observe('layout-shift', (entry) => {
    if (!entry.hadRecentInput) shifts.push({ atMs: entry.startTime, value: entry.value ?? 0 })
  })
  const keepBusy = (entry: Entry): void => {
    busy.push({ fromMs: entry.startTime, toMs: entry.startTime + entry.duration })
  }
  observe('longtask', keepBusy)
  observe('resource', keepBusy)
  ;(globalThis as unknown as { etalonVitals: () => unknown }).etalonVitals = () => ({
    fcpMs,
    lcpMs,
    shifts,
    busy,
    nowMs: performance.now(),
  })
}
