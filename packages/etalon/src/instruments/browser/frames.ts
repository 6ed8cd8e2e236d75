import type { Page } from 'playwright-core'
import type { Estimate } from '../../kernel/estimate.ts'
import { quantileOf } from '../../kernel/statistics/quantile.ts'

/** How smoothly a page painted while something happened. */
export interface Frames {
  /** Times between two frames that count. */
  readonly frameMs: readonly number[]
  /** How long frames were counted, with the time after the last of them. */
  readonly watchedMs: number
  /** Frames that count, for each second in which they could. */
  readonly perSecond: number
  /** A quantile of the time between two frames. */
  quantile(p: number): Estimate
}

/** Which frames count; all unless given. */
export interface FrameFilter {
  /** A CSS selector: only while something matches it. */
  readonly during?: string
  /** A CSS selector of one element: only frames in which it stands elsewhere than before. */
  readonly moving?: string
}

/** Measures the time between frames on a page while `action` runs. */
export async function framesDuring(
  page: Page,
  action: () => Promise<unknown>,
  filter: FrameFilter = {},
): Promise<Frames> {
  await page.evaluate(startFrames, filter)
  await action()
  const { frameMs, watchedMs } = await page.evaluate(stopFrames)
  return {
    frameMs,
    watchedMs,
    perSecond: watchedMs === 0 ? 0 : (frameMs.length * 1_000) / watchedMs,
    quantile: (p) => quantileOf(frameMs, p, { unit: 'ms' }),
  }
}

declare function requestAnimationFrame(paint: (atMs: number) => void): number

interface Element {
  getBoundingClientRect(): { readonly x: number; readonly y: number }
}

declare const document: { querySelector(selector: string): Element | null }

interface Counted {
  readonly frameMs: number[]
  watchedMs: number
}

interface FrameClock {
  etalonFrames?: Counted & { running: boolean }
}

/** Runs in the page. */
function startFrames({ during, moving }: FrameFilter): void {
  const frames = { frameMs: [] as number[], watchedMs: 0, running: true }
  ;(globalThis as FrameClock).etalonFrames = frames
  const placeNow = (): string => {
    const box = document.querySelector(moving ?? 'html')?.getBoundingClientRect()
    return box === undefined ? '' : `${box.x} ${box.y}`
  }
  let last: { readonly atMs: number; countedMs: number; place: string } | undefined
  const next = (atMs: number): void => {
    if (during !== undefined && document.querySelector(during) === null) last = undefined
    else {
      const place = placeNow()
      if (last) frames.watchedMs += atMs - last.atMs
      const isCounted = last !== undefined && (moving === undefined || place !== last.place)
      if (last && isCounted) frames.frameMs.push(atMs - last.countedMs)
      last = { atMs, place, countedMs: !last || isCounted ? atMs : last.countedMs }
    }
    if (frames.running) requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}

/** Runs in the page. */
function stopFrames(): Counted {
  const frames = (globalThis as FrameClock).etalonFrames
  if (!frames) return { frameMs: [], watchedMs: 0 }
  frames.running = false
  return { frameMs: frames.frameMs, watchedMs: frames.watchedMs }
}
