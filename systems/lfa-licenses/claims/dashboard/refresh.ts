import { claim } from 'etalon'
import { dashboardShown, openDashboard, unhurried, type Page } from '../dashboard.ts'
import { checkNow } from '../health.ts'
import { breakCrowd, checkCrowd } from '../pair-crowd.ts'
import { personOf } from '../person.ts'

const health = /\/api\/v1\/health\/(\w+)/

claim('LFA-T-48', unhurried, async ({ system, sql, random, browser, prove }) => {
  const admin = await personOf(system, 'admin:watching')
  await checkCrowd({ sql, random, admin }, { pairs: 20, broken: 0 })
  const page = await browser.page({ as: admin })
  await page.clock.install()
  const asked: string[] = []
  page.on('request', (request) => {
    const name = health.exec(request.url())?.[1]
    if (name !== undefined) asked.push(name)
  })
  await page.goto('/admin/health')
  await dashboardShown(page)
  const first = await updatedAt(page)
  prove('what the page asks for', asked.toSorted()).equals(['metrics', 'status', 'violations'])
  prove('when it says it did', await shownTime(page)).matches(/^\d\d:\d\d:\d\d$/)
  const firstShown = await shownTime(page)
  await page.clock.runFor(15_000)
  prove('requests 15 s later', asked.length).equals(3)

  await breakCrowd(sql, 2)
  await checkNow(admin).expect(200)
  await page.clock.runFor(20_000)
  await browser.shows('the new rate', page.locator('.gauge-number', { hasText: '90%' }))
  await browser.shows('the new violations', page.locator('.violations-card', { hasText: '2 viol' }))
  prove('what was asked for again', asked.slice(3).toSorted()).equals([
    'metrics',
    'status',
    'violations',
  ])
  const apartMs = (await updatedAt(page)) - first
  prove('between the two updates', apartMs).isBetween(30_000, 55_000, 'ms')
  prove('the time that shows has changed', (await shownTime(page)) !== firstShown).isTrue()
})

claim('LFA-T-49', unhurried, async ({ system, sql, random, browser, prove }) => {
  const admin = await personOf(system, 'admin:patient')
  await checkCrowd({ sql, random, admin }, { pairs: 20, broken: 3 })
  const page = await browser.page({ as: admin, allow: [/status 503/, /ERR_CONNECTION_REFUSED/] })
  await page.clock.install()
  await page.goto('/admin/health')
  await dashboardShown(page)
  const before = await shownFigures(page)
  const alert = page.getByRole('alert')
  prove('banners before', await alert.count()).equals(0)
  const failures = [
    ['503', /not available/],
    ['no connection', /could not be reached/],
  ] as const
  for (const [failure, said] of failures) {
    const updated = await updatedAt(page)
    await page.route(health, (route) =>
      failure === '503'
        ? route.fulfill({ status: 503, json: { error: unavailable } })
        : route.abort('connectionrefused'),
    )
    await page.clock.runFor(31_000)
    await browser.shows(`the banner, ${failure}`, alert.first())
    prove(`what it says, ${failure}`, await alert.first().innerText()).matches(said)
    prove(`what still shows, ${failure}`, await shownFigures(page)).equals(before)
    prove(`last updated, ${failure}`, await updatedAt(page)).equals(updated)
    await page.unroute(health)
    if (failure === '503') await alert.getByRole('button', { name: 'Try again' }).click()
    else await page.clock.runFor(31_000)
    await alert.first().waitFor({ state: 'detached' })
    prove(`what shows when it is over, ${failure}`, await shownFigures(page)).equals(before)
    prove(`updated again, ${failure}`, (await updatedAt(page)) - updated).isAbove(0, 'ms')
  }
})

claim('LFA-T-50', unhurried, async ({ system, sql, random, browser, prove }) => {
  const admin = await personOf(system, 'admin:phone')
  await checkCrowd({ sql, random, admin }, { pairs: 20, broken: 12 })
  const width = 390
  const page = await openDashboard(browser, admin, { viewport: { width, height: 844 } })
  const boxOf = async (selector: string): Promise<Box> =>
    (await page.locator(selector).first().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const content = await boxOf('main > .stack')
  let end = 0
  for (const card of ['.gauge-card', '.metrics-card', '.system-card', '.violations-card']) {
    const { x, y, width: wide, height } = await boxOf(card)
    prove(`${card}: left and width`, [x, wide]).equals([content.x, content.width])
    prove(`${card}: below the one before`, y).isAtLeast(end)
    end = y + height
  }
  const button = page.getByRole('button', { name: 'Run Check Now' })
  const wide = (await button.boundingBox())?.width ?? 0
  prove('width of the button', wide).equals(content.width)
  prove('width of the content', content.width).isAtLeast(width * 0.85)

  const table = await page.locator('.violations-card .table-scroll').evaluate(extentOf)
  prove('what the table needs beyond its box', table.scrollWidth - table.clientWidth).isAtLeast(1)
  const sync = page.locator('.sync-button').last()
  await sync.scrollIntoViewIfNeeded()
  const reached = await sync.boundingBox()
  prove('the button at the end of the table', reached?.x ?? -1).isBetween(0, width)
  prove('its right edge', (reached?.x ?? width) + (reached?.width ?? 1)).isAtMost(width)
  const whole = await page.locator('html').evaluate(extentOf)
  prove('width of the page', whole.scrollWidth).isAtMost(width)
})

const unavailable = {
  code: 'UNAVAILABLE',
  message: 'A part this service needs is not available right now',
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** When everything on the page was read, in milliseconds since 1970. */
async function updatedAt(page: Page): Promise<number> {
  return Number(await page.locator('.last-updated').getAttribute('data-updated-at'))
}

/** The time of the last update that a reader sees. */
async function shownTime(page: Page): Promise<string> {
  const text = await page.locator('.last-updated').innerText()
  return /Last updated (\S+?),/.exec(text)?.[1] ?? text
}

/** The figures and rows of the dashboard. */
async function shownFigures(page: Page): Promise<readonly string[]> {
  return [
    ...(await page.locator('.gauge-number').allTextContents()),
    ...(await page.locator('.metrics-card dd').allInnerTexts()),
    ...(await page.locator('.violations-card tbody tr').allInnerTexts()),
  ]
}

/** Runs in the page. */
function extentOf(element: { scrollWidth: number; clientWidth: number }): {
  readonly scrollWidth: number
  readonly clientWidth: number
} {
  return { scrollWidth: element.scrollWidth, clientWidth: element.clientWidth }
}
