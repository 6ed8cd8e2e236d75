import { claim, type ClaimContext } from 'etalon'
import { insertStudents, levelsOf } from '../coupled-pair.ts'
import { orderCredits } from '../credit.ts'
import { dayText, spaced, unhurried, type Page } from '../dashboard.ts'
import { issueExpiring, setExpiry } from '../expiring-license.ts'
import { issueLicense } from '../license.ts'
import { clearAway, plantPairs } from '../pair-crowd.ts'
import { personOf, type Person } from '../person.ts'
import { balanceOf } from '../purse.ts'

interface Desk extends ClaimContext {
  readonly admin: Person
  readonly page: Page
}

claim('LFA-UI-10', unhurried, async (context) => {
  const { system, sql, browser } = context
  const admin = await personOf(system, 'admin:desk')
  await clearAway(sql, admin)
  const page = await browser.page({ as: admin })
  await page.goto('/admin')
  const desk = { ...context, sql, admin, page }
  await verifiesPayments(desk)
  await seesWhatExpires(desk)
  await mendsAfterDryRun(desk)
})

async function verifiesPayments({ system, browser, page, prove }: Desk): Promise<void> {
  const buyer = await personOf(system, 'student:buyer')
  await issueLicense(buyer, 'LFA_PLAYER')
  await orderCredits(buyer, 'LFA_PLAYER', 850)
  await page.getByRole('link', { name: 'Payments' }).first().click()
  prove('the balance before', (await balanceOf(buyer, 'LFA_PLAYER')).credit_balance).equals(0)
  await page.getByRole('button', { name: 'Verify the payment of student:buyer' }).click()
  const dialog = page.getByRole('dialog')
  prove('what is to be verified', spaced(await dialog.innerText())).matches(/850 credits/)
  await dialog.getByRole('button', { name: 'Verify the payment' }).click()
  await browser.shows('that nothing waits', page.getByText('Every payment has been verified'))
  prove('the balance after', (await balanceOf(buyer, 'LFA_PLAYER')).credit_balance).equals(850)
}

async function seesWhatExpires({ system, sql, page, prove }: Desk): Promise<void> {
  const inDays = (days: number): Date => new Date(Date.now() + (days - 0.5) * 86_400_000)
  for (const days of [5, 60]) {
    const license = await issueExpiring(system, 'COACH', { holder: `student:in-${days}` })
    await setExpiry(sql, license, inDays(days))
  }
  await page.getByRole('link', { name: 'Expiring', exact: true }).click()
  const rows = page.locator('tbody tr')
  const line = (days: number): string =>
    `student:in-${days} Coach 1 ${dayText(inDays(days))} ${days} days Renew the licence of student:in-${days}`
  await rows.getByText('student:in-5', { exact: true }).waitFor()
  prove('within 30 days', (await rows.allInnerTexts()).map(spaced)).equals([line(5)])
  await page.getByRole('group', { name: 'Within' }).getByText('90 days').click()
  await rows.getByText('student:in-60', { exact: true }).waitFor()
  prove('within 90 days', (await rows.allInnerTexts()).map(spaced)).equals([line(5), line(60)])
}

async function mendsAfterDryRun(desk: Desk): Promise<void> {
  const { sql, random, browser, page, prove } = desk
  const students = await insertStudents(sql, random, 2)
  const pairs = students.map((studentId) => ({ studentId, specialization: 'PLAYER' }) as const)
  const before = [
    { progress: 6, license: 3 },
    { progress: 2, license: null },
  ]
  await plantPairs(
    sql,
    pairs.map(({ studentId }, at) => ({
      user_id: studentId,
      specialization: 'PLAYER',
      progress: before[at]?.progress ?? null,
      license: before[at]?.license ?? null,
    })),
  )
  const levels = (): Promise<unknown[]> => Promise.all(pairs.map((pair) => levelsOf(sql, pair)))
  await page.getByRole('link', { name: 'Repair', exact: true }).click()
  await page.getByRole('button', { name: 'Dry run' }).click()
  await browser.shows('what would be mended', page.getByText('2 pairs of 2 would be repaired'))
  prove('levels after the dry run', await levels()).equals(before)

  await page.getByRole('button', { name: 'Repair all' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Repair all' }).click()
  await browser.shows('what was mended', page.getByText('2 pairs of 2 repaired'))
  await browser.shows('that nothing is left', page.getByText('Everything agrees'))
  prove('levels after the repair', await levels()).equals([
    { progress: 6, license: 6 },
    { progress: 2, license: 2 },
  ])
  await readsAuditTrail(desk, students)
}

async function readsAuditTrail(
  { sql, admin, page, prove }: Desk,
  students: readonly number[],
): Promise<void> {
  await page.getByRole('link', { name: 'Audit trail' }).click()
  for (const id of students) {
    await page.getByLabel('About').selectOption({ label: 'Users' })
    await page.getByLabel('Its number').fill(String(id))
    const rows = page.getByRole('row', { name: new RegExp(`User ${id}\\b`) })
    await rows.first().waitFor()
    const shown = await rows.getByText('Progress repair').allInnerTexts()
    prove(`repairs of user ${id} in the trail`, shown.length).equals(1)
    const row = spaced(await rows.filter({ hasText: 'Progress repair' }).innerText())
    prove('who is named', row).matches(/admin:desk/)
  }
  const kept = await sql.rows(
    `select actor_id from audit_log where action = 'progress.repair' and entity = 'user'
       and entity_id = any($1)`,
    [students],
  )
  prove('the trail in the database', kept).equals(students.map(() => ({ actor_id: admin.id })))
}
