import { claim, type HttpClient, type Random, type Sql } from 'etalon'
import { insertStudents } from '../coupled-pair.ts'
import {
  dashboardShown,
  momentText,
  numberIn,
  openDashboard,
  termsOf,
  unhurried,
  type Page,
} from '../dashboard.ts'
import { checkNow } from '../health.ts'
import { breakCrowd, checkCrowd, clearAway, plantCrowd, plantPairs } from '../pair-crowd.ts'
import { personOf } from '../person.ts'

type Figures = Readonly<Record<string, number | string | null>>

claim('LFA-T-41', unhurried, async ({ system, sql, random, browser, prove }) => {
  const admin = await personOf(system, 'admin:overview')
  await checkCrowd({ sql, random, admin }, { pairs: 8, broken: 3 })
  const page = await browser.page({ as: admin })
  await page.goto('/')
  const card = page.getByRole('main').getByRole('link', { name: /System Health/ })
  await browser.shows('the card of the health dashboard', card)
  await browser.shows('the rate on the card', card.getByText('62.5%'))
  prove('where an admin starts', new URL(page.url()).pathname).equals('/admin')
  await card.click()
  await browser.shows('the heading', page.getByRole('heading', { name: 'System health', level: 1 }))
  await dashboardShown(page)
  prove('where the card leads', new URL(page.url()).pathname).equals('/admin/health')

  const stranger = await browser.page({ as: await personOf(system, 'instructor:curious') })
  await stranger.goto('/admin/health')
  await browser.shows('what an instructor gets', stranger.getByText('no such page for you'))
})

claim('LFA-T-42', unhurried, async ({ system, sql, random, browser, prove, note }) => {
  const admin = await personOf(system, 'admin:parts')
  await checkCrowd({ sql, random, admin }, { pairs: 40, broken: 5 })
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.page({ as: admin, colorScheme })
    await page.goto('/admin/health')
    const parts = ['.status-badge', '.gauge', '.metrics-card', '.violations-card', '.system-card']
    for (const part of parts) await browser.shows(`${part}, ${colorScheme}`, page.locator(part))
    prove(`rows of violations, ${colorScheme}`, await page.locator('tbody tr').count()).equals(5)
    if (colorScheme === 'light') {
      const vitals = await browser.vitals(page)
      note('vitals of the dashboard', { ...vitals })
      prove('cumulative layout shift', vitals.cls).isBelow(0.1)
    }
    prove(`accessibility, ${colorScheme}`, await browser.accessibility(page)).isEmpty()
  }
})

claim('LFA-T-43', unhurried, async ({ system, sql, random, browser, prove }) => {
  const admin = await personOf(system, 'admin:badge')
  await clearAway(sql, admin)
  const page = await browser.page({ as: admin })
  await page.goto('/admin/health')
  const shown = [await badgeOf(page)]
  await plantCrowd(sql, random, 100)
  for (const broken of [1, 5, 6]) {
    await breakCrowd(sql, broken)
    await checkNow(admin).expect(200)
    await page.reload()
    shown.push(await badgeOf(page))
  }
  prove(
    'class and words before a check, at 99, at 95 and at 94 percent',
    shown.map(({ status, words }) => `${status}: ${words}`),
  ).equals([
    'status-unknown: Not checked yet',
    'status-healthy: Healthy',
    'status-degraded: Degraded',
    'status-critical: Critical',
  ])
  for (const part of ['text', 'ground'] as const) {
    const colours = new Set(shown.map((badge) => badge[part]))
    prove(`different colours of the ${part}`, colours.size, { witness: shown }).equals(4)
  }
})

claim('LFA-T-44', unhurried, async ({ system, sql, random, browser, prove }) => {
  const admin = await personOf(system, 'admin:gauge')
  await clearAway(sql, admin)
  await plantCrowd(sql, random, 300)
  const page = await browser.page({ as: admin })
  // 97.67, 1 and 100 percent.
  for (const broken of [7, 297, 0]) {
    await breakCrowd(sql, broken)
    await checkNow(admin).expect(200)
    const rate = (await figures(admin, 'status'))['consistency_rate'] as number
    await page.goto('/admin/health')
    await dashboardShown(page)
    const number = await page.locator('.gauge-number').textContent()
    prove(`the number at ${rate}`, number).equals(`${rate}%`)
    const arc = await page.locator('.gauge-value').evaluate(shareDrawn)
    prove(`percent of the arc at ${rate}`, arc * 100).isBetween(rate - 0.5, rate + 0.5)
  }
  const legend = await page.locator('.legend li').allInnerTexts()
  prove(
    'the legend',
    legend.map((item) => item.trim()),
  ).equals(['Healthy ≥ 99%', 'Degraded ≥ 95%', 'Critical < 95%'])
})

claim('LFA-T-45', unhurried, async ({ system, sql, random, browser, prove }) => {
  const admin = await personOf(system, 'admin:figures')
  await clearAway(sql, admin)
  await plantFigures(sql, random)
  await checkNow(admin).expect(200)
  await checkNow(admin).expect(200)
  const page = await openDashboard(browser, admin)
  const shown = await termsOf(page, '.metrics-card')
  const status = await figures(admin, 'status')
  const metrics = await figures(admin, 'metrics')
  prove('items', shown.size).isAtLeast(4)
  const expected = {
    'Pairs checked': status['pairs_checked'],
    'Users checked': status['users_checked'],
    Consistent: status['consistent'],
    Inconsistent: status['inconsistent'],
    'Open violations': metrics['violations_open'],
    'Resolved today': metrics['violations_resolved_last_day'],
    'Checks today': metrics['checks_last_day'],
    'Alerts today': metrics['alerts_last_day'],
  }
  const numbers = Object.fromEntries([...shown].map(([name, text]) => [name, numberIn(text)]))
  prove('what the card shows', numbers).equals(expected as Record<string, number>)
  prove('what was planted', Object.values(numbers).slice(0, 5)).equals([1_230, 1_210, 1_226, 4, 5])
})

claim('LFA-T-51', unhurried, async ({ system, sql, random, browser, prove }) => {
  const admin = await personOf(system, 'admin:system')
  await checkCrowd({ sql, random, admin }, { pairs: 3, broken: 0 })
  const page = await openDashboard(browser, admin)
  const shown = await termsOf(page, '.system-card')
  const status = await figures(admin, 'status')
  const { system: about } = (await figures(admin, 'metrics')) as unknown as {
    system: { version: string; check_interval_ms: number; users_total: number }
  }
  prove('the interval of the API', about.check_interval_ms).equals(300_000)
  prove('what it tells', Object.fromEntries(shown)).holds({
    Version: about.version,
    'Checks every': '5 min',
    'Next check': momentText(String(status['next_check_at'])),
    'Last check': momentText(String(status['last_checked_at'])),
    Trigger: 'Manual',
    Users: about.users_total.toLocaleString('en-GB'),
  })
  const due = await sql.value<Date>("select due_at from job_schedules where name ~ 'check'")
  prove('the next check by the schedule', momentText(due)).equals(shown.get('Next check') ?? '')
})

/** The figures of the API: of `status` or of `metrics`. */
async function figures(admin: HttpClient, of: 'status' | 'metrics'): Promise<Figures> {
  return (await admin.get<Figures>(`/api/v1/health/${of}`).expect(200)).body
}

/** 1,230 pairs of 1,210 users: four of them wrong, one of these in two ways. */
async function plantFigures(sql: Sql, random: Random): Promise<void> {
  await plantCrowd(sql, random, 1_190)
  await breakCrowd(sql, 2)
  const students = await insertStudents(sql, random, 20)
  const agreeing = { progress: 2, license: 2 }
  await plantPairs(
    sql,
    students.flatMap((user_id, at) => [
      { user_id, specialization: 'PLAYER', ...agreeing, license: at === 0 ? null : 2 },
      { user_id, specialization: 'COACH', ...agreeing },
    ]),
  )
  await sql.run(
    `update user_licenses set current_level = 3, max_achieved_level = 2
     where user_id = $1 and specialization_type = 'COACH'`,
    [students[1]],
  )
}

interface ShownBadge {
  readonly status: string
  readonly words: string
  readonly text: string
  readonly ground: string
}

async function badgeOf(page: Page): Promise<ShownBadge> {
  const badge = page.locator('.status-badge')
  await badge.waitFor()
  const { className, text, ground } = await badge.evaluate(lookOf)
  return {
    status: /\bstatus-(?!badge)\w+/.exec(className)?.[0] ?? className,
    words: await badge.innerText(),
    text,
    ground,
  }
}

declare function getComputedStyle(element: unknown): {
  readonly color: string
  readonly backgroundColor: string
  readonly strokeDasharray: string
}

/** Runs in the page. */
function lookOf(element: { className: unknown }): Omit<ShownBadge, 'status' | 'words'> & {
  readonly className: string
} {
  const { color, backgroundColor } = getComputedStyle(element)
  return { className: String(element.className), text: color, ground: backgroundColor }
}

/** Runs in the page: how much of a path its first dash covers. */
function shareDrawn(path: unknown): number {
  const dash = Number.parseFloat(getComputedStyle(path).strokeDasharray)
  return dash / (path as { getTotalLength(): number }).getTotalLength()
}
