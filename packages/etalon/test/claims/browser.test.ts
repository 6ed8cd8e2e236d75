import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClaimOutcome } from '../../src/evidence/claim-outcome.ts'
import { listRuns } from '../../src/evidence/run-directory.ts'
import type { RunRecord } from '../../src/evidence/run-record.ts'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const page = (body: string): string =>
  `<!doctype html><html lang="en"><title>Shop</title><main>${body}</main></html>`

const server = `import { createServer } from 'node:http'
const pages = ${JSON.stringify({
  '/': page('<h1>Shop</h1><button onclick="this.textContent = \'sold\'">buy</button>'),
  '/console': page('<h1>Shop</h1><script>console.error("out of stock")</script>'),
  '/throws': page('<h1>Shop</h1><script>throw new Error("broken till")</script>'),
  '/missing': page('<h1>Shop</h1><img src="/nowhere.png" alt="nothing">'),
  '/poor': page('<h1>Shop</h1><img src="/favicon.ico">'),
  '/who': page('<h1></h1>'),
  '/ball': page(`<h1>Shop</h1><i id="ball" style="position: absolute">o</i><script>
    let at = 0
    const move = () => {
      ball.style.left = ++at + 'px'
      document.body.dataset.rolls = String(at < 30)
      if (at < 40) requestAnimationFrame(move)
    }
    const roll = () => { at = 0; move() }
  </script>`),
})}
createServer((request, response) => {
  const html = pages[request.url]
  if (request.url === '/favicon.ico') return response.end()
  response.writeHead(html ? 200 : 404, { 'content-type': 'text/html' })
  response.end(request.url === '/who' ? html.replace('></h1>', '>' + request.headers.cookie + '</h1>') : html)
}).listen(Number(process.env.PORT), '127.0.0.1')
`
const claims = `import { tmpdir } from 'node:os'
import { claim } from 'etalon'

claim('B-WORKS', async ({ browser, prove }) => {
  const page = await browser.page()
  await page.goto('/')
  await page.getByRole('button', { name: 'buy' }).click()
  await browser.shows('it is sold', page.getByRole('button', { name: 'sold' }))
  prove('the title', await page.title()).equals('Shop')
  const vitals = await browser.vitals(page)
  prove('first paint', vitals.fcpMs).isBetween(1, 20_000, 'ms')
  prove('interactive after it', vitals.ttiMs >= vitals.fcpMs).isTrue()
  prove('layout shift', vitals.cls).equals(0)
  prove('accessibility', await browser.accessibility(page)).isEmpty()
})
claim('B-NOT-SHOWN', async ({ browser, prove }) => {
  const page = await browser.page()
  await page.goto('/')
  await browser.shows('a receipt', page.getByText('receipt'), { withinMs: 300 })
  prove('never reached', true).isTrue()
})
for (const path of ['console', 'throws', 'missing']) {
  claim('B-' + path.toUpperCase(), async ({ browser, prove }) => {
    const page = await browser.page()
    await page.goto('/' + path)
    prove('the heading', await page.locator('h1').textContent()).equals('Shop')
  })
}
claim('B-ALLOWED', async ({ browser, prove }) => {
  const page = await browser.page({ allow: [/out of stock/] })
  await page.goto('/console')
  prove('the heading', await page.locator('h1').textContent()).equals('Shop')
})
claim('B-POOR', async ({ browser, prove }) => {
  const page = await browser.page()
  await page.goto('/poor')
  const violations = await browser.accessibility(page)
  prove('images have a text', violations.map(({ rule }) => rule)).equals(['image-alt'])
})
claim('B-ACTOR', async ({ browser, system, prove }) => {
  const page = await browser.page({ as: await system.actor('anna') })
  await page.goto('/who')
  prove('whose page it is', await page.locator('h1').textContent()).equals('session=anna')
})
claim('B-FRAMES', async ({ browser, prove }) => {
  const page = await browser.page()
  await page.goto('/ball')
  const roll = async () => {
    await page.evaluate(() => roll())
    await page.waitForFunction(() => at === 40)
  }
  const rolling = await browser.frames(page, roll, { during: '[data-rolls="true"]', moving: '#ball' })
  prove('frames while it rolls', rolling.frameMs.length).isBetween(25, 30)
  prove('time between them', rolling.frameMs.reduce((a, b) => a + b)).isAtMost(rolling.watchedMs)
  prove('a rate', rolling.perSecond).isAbove(0)
  const still = await browser.frames(page, roll, { moving: 'h1' })
  prove('frames in which the heading moves', still.frameMs).isEmpty()
  prove('they could have been', still.watchedMs).isAbove(0)
  const never = await browser.frames(page, roll, { during: '.nowhere' })
  prove('frames during nothing', never.frameMs.length + never.watchedMs + never.perSecond).equals(0)
})
claim('B-GROWTH', async ({ browser, prove }) => {
  const page = await browser.page()
  await page.goto('/')
  const path = tmpdir() + '/trace-of-growth.zip'
  const isTraced = () => page.context().tracing.stopChunk({ path }).then(() => true, () => false)
  let traced = await isTraced()
  prove('a trace before it', traced).isTrue()
  await page.context().tracing.startChunk()
  const growth = await browser.memoryGrowth(page, 8, async (round) => {
    if (round === 0) traced = await isTraced()
    await page.evaluate(() => { (window.kept ??= []).push(new Array(100_000).fill(Math.random())) })
  })
  prove('a trace while it is measured', traced).equals(false)
  prove('what is kept is seen', growth.bytesPerRound).isAtLeast(300_000, 'bytes')
  const frames = await browser.frames(page, () => page.waitForFunction(() => performance.now() > 0))
  prove('frames', Array.isArray(frames.frameMs)).isTrue()
})
`
const ids = [
  'WORKS',
  'NOT-SHOWN',
  'CONSOLE',
  'THROWS',
  'MISSING',
  'ALLOWED',
  'POOR',
  'ACTOR',
  'FRAMES',
  'GROWTH',
]
const config = `import { defineSystem } from 'etalon'
export default defineSystem({
  name: 'scratch',
  title: 'Scratch',
  processes: {
    api: { command: ['node', 'server.js'], ready: '/', env: ({ port }) => ({ PORT: String(port) }) },
  },
  signIn: async (actor) => ({ headers: {}, browser: { cookies: [{ name: 'session', value: actor }] } }),
})
`
let system: ScratchSystem
let record: RunRecord
const outcomeOf = (id: string): ClaimOutcome =>
  record.outcomes.find(({ claim }) => claim === id) as ClaimOutcome

beforeAll(async () => {
  system = scratchSystem({
    'requirements.md': requirementsOf(...ids.map((id) => `B-${id}`)),
    'claims/page.claim.ts': claims,
    'server.js': server,
    'etalon.config.ts': config,
  })
  record = await system.verify()
}, 120_000)
afterAll(() => system.remove())

test.each([
  ['B-WORKS', 'upheld', undefined],
  ['B-NOT-SHOWN', 'refuted', 'a receipt: expected shown, found not shown within 0.3 s'],
  ['B-CONSOLE', 'refuted', 'the pages work without errors: expected none, found 1'],
  ['B-THROWS', 'refuted', 'the pages work without errors: expected none, found 1'],
  ['B-MISSING', 'refuted', 'the pages work without errors: expected none, found 1'],
  ['B-ALLOWED', 'upheld', undefined],
  ['B-POOR', 'upheld', undefined],
  ['B-ACTOR', 'upheld', undefined],
  ['B-FRAMES', 'upheld', undefined],
  ['B-GROWTH', 'upheld', undefined],
])('%s is %s', (id, verdict, reason) => {
  expect([outcomeOf(id).verdict, outcomeOf(id).reason]).toEqual([verdict, reason])
})

test('what was refuted is kept as a picture and a trace, what was upheld is not', () => {
  const run = listRuns(join(system.directory, '.etalon', 'runs'))[0] as string
  const { attachments, evidence } = outcomeOf('B-NOT-SHOWN')
  expect(attachments).toEqual(['refuted-1-1.png', 'trace-1.zip'])
  for (const name of attachments) expect(existsSync(join(run, evidence, name))).toBe(true)
  // The names of a zip stand in it as they are: steps with their elements, and no film of them.
  const trace = readFileSync(join(run, evidence, 'trace-1.zip'), 'latin1')
  expect([trace.includes('trace.trace'), trace.includes('.jpeg')]).toEqual([true, false])
  expect(outcomeOf('B-WORKS').attachments).toEqual([])
})
