import { setTimeout as delay } from 'node:timers/promises'
import { claim, type ClaimContext, eventually } from 'etalon'
import { connectionsOf, withLockedExecutions } from '../locked-execution.ts'
import { bytes, expectedCards, openMonitor, shownCards, type MonitorPage } from '../monitor-page.ts'
import { openProject } from '../project.ts'

const unknown = '/projects/00000000-0000-7000-8000-000000000000'

claim('JEEX-UI-01', { timeoutMs: 90_000 }, async (context) => {
  const { system, sql, browser, prove } = context
  await system.kill()
  await system.startAgain('api', { ALERT_INTERVAL_MS: '200' })
  await worksBefore(context)
  const monitor = await openMonitor(browser, await system.actor('operator'))
  const { page, told } = monitor
  prove('figures unlike those of the service', await differences(monitor)).isEmpty()
  const { queries, requests, users, database } = told() ?? {}
  prove('what three users have done', [users?.concurrent, requests?.by_status['404']]).equals([
    3, 3,
  ])
  prove('slow queries', queries?.slow.length ?? 0).isAtLeast(1)
  const version = await sql.value<string>("select current_setting('server_version')")
  prove('version of the database', database?.version).equals(version)
  await browser.shows('the alert', page.getByRole('status').filter({ hasText: 'Slow queries' }))

  await page.getByRole('button', { name: 'Back up now' }).click()
  const rows = page.getByRole('table', { name: 'Backups' }).getByRole('row')
  await browser.shows('the backup', rows.filter({ hasText: 'Completed' }).first())
  const size = await sql.value<number>(
    "select size_bytes from backups where status = 'completed' order by started_at desc limit 1",
  )
  prove('the backup', await rows.nth(1).innerText()).satisfies(`of ${bytes(size)}`, (row) =>
    row.includes(bytes(size)),
  )
  const later = await system.actor('later')
  await later.get('/projects').expect(200)
  const isLive = await eventually(async () => {
    const { Requests } = await shownCards(page)
    return Requests?.['Concurrent users'] === '4'
  }, 15_000)
  prove('a fourth user is seen without loading the page again', isLive).isTrue()
  prove('figures unlike those of the service, later', await differences(monitor)).isEmpty()
  await looksEverywhere(context, monitor)
})

/** What differs between the page and the answer it was made from, when both have come to rest. */
async function differences({ page, told }: MonitorPage): Promise<unknown[]> {
  let found: unknown[] = []
  await eventually(async () => {
    const [shown, answer] = [await shownCards(page), told()]
    if (answer === undefined) return false
    found = Object.entries(expectedCards(answer)).flatMap(([card, terms]) =>
      Object.entries(terms)
        .map(([term, expected]) => ({ card, term, expected, shown: shown[card]?.[term] }))
        .filter((each) => each.expected !== each.shown),
    )
    return found.length === 0
  }, 10_000)
  return found
}

/** Three users find what is there and what is not, and one query takes 300 ms. */
async function worksBefore({ system, sql }: ClaimContext): Promise<void> {
  for (const name of ['one', 'two', 'three']) {
    const user = await system.actor(name)
    const { id } = await openProject(user)
    await user.get(unknown).expect(404)
    if (name !== 'one') continue
    await withLockedExecutions(sql, async (unlock) => {
      const answer = user.get(`/projects/${id}/agents/executions`)
      await eventually(async () => (await connectionsOf(sql)).blocked > 0, 10_000)
      await delay(300)
      await unlock()
      await answer.expect(200)
    })
  }
}

/** On a phone and at a desk, by day and by night. */
async function looksEverywhere(
  { browser, prove }: ClaimContext,
  { page }: MonitorPage,
): Promise<void> {
  const viewports = [
    { width: 390, height: 844 },
    { width: 1_280, height: 800 },
  ]
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // Without what was said meanwhile, and without colours on their way to others.
    await page.reload()
    await page.getByRole('heading', { name: 'Alerts' }).waitFor()
    for (const viewport of viewports) {
      await page.setViewportSize(viewport)
      const name = `${viewport.width} px, ${colorScheme}`
      const widthNeeded = (): Promise<number> => page.locator('html').evaluate(widthOf)
      // What is drawn follows a new width.
      await eventually(async () => (await widthNeeded()) <= viewport.width, 5_000)
      prove(`width that the page needs, ${name}`, await widthNeeded()).isAtMost(viewport.width)
      prove(`accessibility, ${name}`, await browser.accessibility(page)).isEmpty()
      await browser.screenshot(page, name)
    }
  }
}

/** Runs in the page. */
function widthOf(element: { scrollWidth: number }): number {
  return element.scrollWidth
}
