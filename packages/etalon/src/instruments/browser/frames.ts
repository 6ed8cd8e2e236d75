import type { Page } from 'playwright-core'
import type { Estimate } from '../../kernel/estimate.ts'
import { quantileOf } from '../../kernel/statistics/quantile.ts'

/** How smoothly a page painted while something happened. */
export interface Frames {
  readonly frameMs: readonly number[]
  /** A quantile of the time between two frames. */
  quantile(p: number): Estimate
}

/** Measures the time between frames on a page while `action` runs. */
export async function framesDuring(page: Page, action: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(startFrames)
  await action()
  const frameMs = await page.evaluate(stopFrames)
  return { frameMs, quantile: (p) => quantileOf(frameMs, p, { unit: 'ms' }) }
}

declare function requestAnimationFrame(paint: (atMs: number) => void): number

interface FrameClock {
  etalonFrames?: { readonly gapsMs: number[]; running: boolean }
}

function startFrames(): void {
  const frames = { gapsMs: [] as number[], running: true }
  ;(globalThis as FrameClock).etalonFrames = frames
  let lastMs: number | undefined
  const next = (atMs: number): void => {
    if (lastMs !== undefined) frames.gapsMs.push(atMs - lastMs)
    lastMs = atMs
    if (frames.running) requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}

function stopFrames(): number[] {
  const frames = (globalThis as FrameClock).etalonFrames
  if (!frames) return []
  frames.running = false
  return frames.gapsMs
}
