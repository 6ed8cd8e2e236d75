import { claim } from 'etalon'
import { insertStudents, levelsOf } from '../coupled-pair.ts'
import { dashboardShown, openDashboard, spaced, unhurried } from '../dashboard.ts'
import { checkNow, openViolations } from '../health.ts'
import { breakCrowd, clearAway, plantCrowd, plantPairs } from '../pair-crowd.ts'
import { personOf } from '../person.ts'
import { adminEmail } from '../staff.ts'

/** The page refreshes itself after 30 s; what a sync has mended has to go long before that. */
const goesWithinMs = 12_000

claim('LFA-T-46', unhurried, async ({ system, sql, random, browser, prove }) => {
  const admin = await personOf(system, 'admin:impatient')
  await clearAway(sql, admin)
  await plantCrowd(sql, random, 10)
  const page = await openDashboard(browser, admin)
  let sent = 0
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/api/v1/health/check-now*', async (route) => {
    sent += 1
    await held
    await route.continue()
  })
  const button = page.getByRole('button', { name: 'Run Check Now' })
  await button.click()
  const checking = page.getByRole('button', { name: 'Checking...' })
  await browser.shows('the button says that it checks', checking)
  prove('the button can be pressed meanwhile', await checking.isEnabled()).equals(false)
  const box = await checking.boundingBox()
  const at = [(box?.x ?? 0) + 9, (box?.y ?? 0) + 9] as const
  await page.mouse.dblclick(...at)
  await checking.dispatchEvent('click')
  release()
  await browser.shows('the button can be pressed again', button)
  await browser.shows('what the check found', page.getByText('100% consistent'))
  prove('the button after the check', await button.isEnabled()).isTrue()
  prove('requests sent', sent).equals(1)
  prove('checks stored', await sql.value('select count(*)::int from integrity_checks')).equals(1)
})

claim('LFA-T-47', unhurried, async ({ system, sql, random, browser, prove }) => {
  const admin = await personOf(system, 'admin:mender')
  await clearAway(sql, admin)
  const ids = await insertStudents(sql, random, 4)
  const pair = (at: number): { studentId: number; specialization: 'PLAYER' } => ({
    studentId: ids[at] as number,
    specialization: 'PLAYER',
  })
  const levels = [
    { progress: 5, license: 3 },
    { progress: null, license: 4 },
    { progress: 2, license: null },
    { progress: 6, license: 6 },
  ]
  await plantPairs(
    sql,
    levels.map((sides, at) => ({
      user_id: pair(at).studentId,
      specialization: 'PLAYER',
      ...sides,
    })),
  )
  for (const [at, name] of ['Anna', 'Bela', 'Csilla', 'Dani'].entries()) {
    await sql.run('update users set name = $2 where id = $1', [ids[at], name])
  }
  await checkNow(admin).expect(200)

  const page = await openDashboard(browser, admin)
  const table = page.locator('.violations-card table')
  prove('the columns', await table.locator('th').allInnerTexts()).equals([
    'User',
    'Specialization',
    'Progress level',
    'Licence level',
    'Action',
    'Sync',
  ])
  const rows = await table.locator('tbody tr').allInnerTexts()
  prove('the rows', rows.map(spaced)).equals([
    'Anna GānCuju progress Level mismatch 5 3 Sync progress to license Sync Anna',
    'Bela GānCuju progress Missing progress none 4 Create progress from license Sync Bela',
    'Csilla GānCuju progress Missing license 2 none Create license from progress Sync Csilla',
  ])
  for (const [at, name] of ['Anna', 'Bela', 'Csilla'].entries()) {
    const level = levels[at]?.progress ?? levels[at]?.license ?? null
    await table.getByRole('button', { name: `Sync ${name}` }).click()
    const row = page.locator('tbody tr', { hasText: name })
    await row.waitFor({ state: 'detached', timeout: goesWithinMs }).catch(() => {})
    const rowsLeft = await row.count()
    prove(`rows of ${name} after the sync`, rowsLeft).equals(0)
    if (rowsLeft > 0) return
    prove(`levels of ${name}`, await levelsOf(sql, pair(at))).equals({
      progress: level,
      license: level,
    })
    prove('violations still open', (await openViolations(admin)).length).equals(2 - at)
  }
  await page.getByRole('button', { name: 'Run Check Now' }).click()
  const banner = page.locator('.healthy-banner').getByRole('status')
  await browser.shows('the banner', banner)
  prove('what it says', await banner.innerText()).matches(/healthy/i)
  prove('tables beside the banner', await page.locator('table').count()).equals(0)
})

claim('LFA-T-52', unhurried, async ({ system, sql, random, browser, prove }) => {
  await clearAway(sql, await personOf(system, 'admin:before'))
  await plantCrowd(sql, random, 4)
  await breakCrowd(sql, 1)
  const page = await browser.page()
  await page.goto('/')
  await page.getByLabel('E-mail').fill(adminEmail)
  await page.getByLabel('Password').fill(system.services.secret('admin-password'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page
    .getByRole('main')
    .getByRole('link', { name: /System Health/ })
    .click()
  await dashboardShown(page)
  prove('the status before', await page.locator('.status-badge').innerText()).equals(
    'Not checked yet',
  )
  const check = page.getByRole('button', { name: 'Run Check Now' })
  await check.click()
  await browser.shows(
    'the rate of the first check',
    page.locator('.gauge-number', { hasText: '75%' }),
  )
  const sync = page.locator('.violations-card').getByRole('button', { name: /^Sync/ })
  prove('violations found', await sync.count()).equals(1)
  await sync.click()
  await sync.waitFor({ state: 'detached' })
  await check.click()
  await browser.shows('the rate in the end', page.locator('.gauge-number', { hasText: '100%' }))
  await browser.shows('the status in the end', page.locator('.status-badge.status-healthy'))
  await browser.shows('the banner in the end', page.locator('.healthy-banner'))
  const checks = await sql.rows(
    `select c.consistency_rate, c.trigger, u.email from integrity_checks c
     join users u on u.id = c.triggered_by order by c.id`,
  )
  const byAdmin = { trigger: 'MANUAL', email: adminEmail }
  prove('the checks as they are stored', checks).equals([
    { consistency_rate: 75, ...byAdmin },
    { consistency_rate: 100, ...byAdmin },
  ])
  const apart = await sql.value<number>(
    `select count(*)::int from specialization_progress p join user_licenses l
       on l.user_id = p.student_id and l.specialization_type = p.specialization_id
     where l.current_level <> p.current_level`,
  )
  prove('pairs apart in the end', apart).equals(0)
})
