import { claim } from 'etalon'
import { crowdEcosystem } from '../crowded-ecosystem.ts'
import { openObservatory, showsGraph, tellRests, type Page } from '../page.ts'

const loads = 5
/** Some 120 turns of a screen. */
const watchedMs = 2_000

claim('CHAR-PERF-10', { isolation: 'quiet', timeoutMs: 120_000 }, async (context) => {
  const { system, sql, browser, prove } = context
  const owner = await system.actor('owner:speed')
  const crowd = { characters: 50, relationships: 100, interactions: 0 }
  const { ecosystem, characters } = await crowdEcosystem(sql, owner.facts['id'] as string, crowd)
  const observed: ReturnType<typeof browser.vitals>[] = []
  const pages: Page[] = []
  for (let load = 0; load < loads; load += 1) {
    const page = await openObservatory(context, { owner, ecosystem })
    await showsGraph(context, page, '50 characters, 100 of 100 links shown')
    // Whether a page that stands stays idle is seen while the next one loads.
    observed.push(browser.vitals(page))
    pages.push(page)
  }
  const vitals = await Promise.all(observed)
  const fcpMs = vitals.map((of) => of.fcpMs)
  const ttiMs = vitals.map((of) => of.ttiMs)
  prove(`first contentful paint, the worst of ${loads}`, Math.max(...fcpMs)).isAtMost(600, 'ms')
  prove(`time to interactive, the worst of ${loads}`, Math.max(...ttiMs)).isAtMost(1_800, 'ms')
  const page = pages.pop() as Page
  for (const other of pages) await other.close()
  const frames = await browser.frames(page, async () => {
    await tellRests(sql, { ecosystem }, characters[0] ?? '', 20)
    await page.waitForTimeout(watchedMs)
  })
  // A screen of 60 Hz has a frame each 16.7 ms.
  prove('frames while events come, median', frames.quantile(0.5)).isAtMost(17, 'ms')
})

/** How long the graph has to have moved, and how long it is watched: less says nothing. */
const movingMsMin = 1_500
const arrangedMsMax = 3_000

claim('CHAR-PERF-15', { isolation: 'quiet', timeoutMs: 120_000 }, async (context) => {
  const { system, sql, browser, prove, note } = context
  const owner = await system.actor('owner:crowd')
  const crowd = { characters: 1_000, relationships: 5_000, interactions: 0 }
  const { ecosystem } = await crowdEcosystem(sql, owner.facts['id'] as string, crowd)
  const page = await openObservatory(context, { owner, ecosystem })
  const whole = page.getByText('1,000 characters, 5,000 of 5,000 links shown', { exact: true })
  await browser.shows('the whole graph', whole)
  await page.getByRole('application').press('ArrowRight')
  await page.locator('.network-tip').waitFor()
  // The mark stands where the graph has drawn its character, so a frame that shows it elsewhere is
  // one in which the graph has moved.
  const frames = await browser.frames(page, () => arrangeAnew(page), {
    during: '[data-arranging="true"]',
    moving: '.network-marker',
  })
  const { frameMs, watchedMs: movingMs, perSecond } = frames
  note('frames in which the graph moved', { count: frameMs.length, movingMs, perSecond })
  if (movingMs < movingMsMin) throw new Error(`The graph moved for ${movingMs} ms only`)
  prove('frames a second in which it moved', perSecond).isAtLeast(30, 'Hz')
  prove('time between two of them, median', frames.quantile(0.5)).isAtMost(33.4, 'ms')
  await browser.shows('the whole graph at the end', whole)
})

/** Ends when the graph stands, or after a while in which it still moves. */
async function arrangeAnew(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Arrange anew' }).click()
  await page.locator('[data-arranging="true"]').waitFor()
  const standing = page.locator('[data-arranging="false"]')
  await standing.waitFor({ timeout: arrangedMsMax }).catch(() => undefined)
}
