import { claim, type ClaimContext, type Sql } from 'etalon'
import { addProgress } from '../coupled-pair.ts'
import { buyCredits } from '../credit.ts'
import { dayText, spaced, unhurried, type Page } from '../dashboard.ts'
import { placeOf, specializations, type Specialization } from '../license.ts'
import { personOf, type Person } from '../person.ts'
import { randomSkills, skillNames, type Assessment } from '../skill.ts'

/** How the cards name the specializations. */
const cardNames: Readonly<Record<Specialization, string>> = {
  LFA_PLAYER: 'LFA Player',
  GANCUJU: 'GānCuju',
  INTERNSHIP: 'Internship',
  COACH: 'Coach',
}

const radarRadius = 100

/** A student in front of the pages. */
interface Seat extends ClaimContext {
  readonly holder: Person
  readonly page: Page
}

claim('LFA-UI-08', unhurried, async (context) => {
  const { system, sql, random, browser } = context
  const holder = await personOf(system, 'student:cards')
  const admin = await personOf(system, 'admin:cards')
  const page = await browser.page({ as: holder })
  const seat = { ...context, sql, holder, page }
  await page.goto('/licenses')
  await unlocksAll(seat)

  const ids = await licenseIdsOf(sql, holder)
  const assessment = randomSkills(random)
  await buyCredits({ holder, admin }, 'INTERNSHIP', 2_400)
  const gain = { xp_gained: 9_500, sessions_completed: 5 }
  await addProgress(admin, { studentId: holder.id, specialization: 'PLAYER' }, gain).expect(200)
  await admin
    .put(`${placeOf.LFA_PLAYER.path}/licenses/${ids.get('LFA_PLAYER')}/skills`, assessment.skills)
    .expect(200)
  const expiresAt = new Date(Date.now() + 9.5 * 86_400_000)
  await sql.run('update internship_licenses set expires_at = $2 where user_id = $1', [
    holder.id,
    expiresAt,
  ])
  await page.reload()
  await seesStanding(seat, { assessment, expiresAt })
  await renews(seat, expiresAt)
  await seesRadar(seat, assessment)
})

function cardOf(page: Page, of: Specialization): ReturnType<Page['getByRole']> {
  return page.getByRole('region', { name: cardNames[of] })
}

async function unlocksAll({ sql, holder, page, browser, prove }: Seat): Promise<void> {
  for (const name of specializations) {
    const card = cardOf(page, name)
    await card.getByRole('button', { name: 'Unlock' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Unlock' }).click()
    await browser.shows(`${name} is unlocked`, card.getByText(/^Active/))
  }
  const ids = await licenseIdsOf(sql, holder)
  prove('licences in the database', [...ids.keys()].toSorted()).equals(specializations.toSorted())
  const counted = await sql.rows(
    'select specialization_id as of from specialization_progress where student_id = $1 order by 1',
    [holder.id],
  )
  const expected = ['COACH', 'INTERNSHIP', 'PLAYER'].map((of) => ({ of }))
  prove('progress that is counted', counted).equals(expected)
}

async function seesStanding(
  { page, browser, prove }: Seat,
  { assessment, expiresAt }: { readonly assessment: Assessment; readonly expiresAt: Date },
): Promise<void> {
  const belts = cardOf(page, 'GANCUJU')
  await browser.shows('the gap in XP', belts.getByText('15,500 XP to go'))
  await browser.shows('the gap in sessions', belts.getByText('7 sessions to go'))
  await browser.shows('what the next belt takes', belts.getByText('0 of 1', { exact: true }))
  prove('the level of the belts', await belts.innerText()).matches(/Level 1 of 8/)
  const overall = await cardOf(page, 'LFA_PLAYER').locator('.figure').innerText()
  prove('the overall average', overall).equals(String(assessment.overall))
  const intern = spaced(await cardOf(page, 'INTERNSHIP').innerText())
  const parts = ['Level 1 of 8', 'Expires in 10 days', dayText(expiresAt), '2,400 credits']
  prove(
    'what the internship does not tell',
    parts.filter((part) => !intern.includes(part)),
    { witness: intern },
  ).isEmpty()
}

async function renews({ sql, holder, page, browser, prove }: Seat, expiresAt: Date): Promise<void> {
  const intern = cardOf(page, 'INTERNSHIP')
  await intern.getByRole('button', { name: 'Renew' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Renew for 1,000 credits' }).click()
  await browser.shows('the balance after the renewal', intern.getByText('1,400 credits'))
  const { until, expected, ...row } = await sql.one<{ until: Date; expected: Date }>(
    `select expires_at as until, $2::timestamptz + interval '15 months' as expected,
       credit_balance
     from internship_licenses where user_id = $1`,
    [holder.id, expiresAt],
  )
  prove('the expiry in the database', until).equals(expected)
  prove('the balance in the database', row).holds({ credit_balance: 1_400 })
  await browser.shows('the new expiry', intern.getByText(dayText(expected)))
}

async function seesRadar({ page, browser, prove }: Seat, { skills }: Assessment): Promise<void> {
  await cardOf(page, 'LFA_PLAYER').getByRole('link', { name: 'Skills' }).click()
  await browser.shows('the radar', page.locator('svg.radar'))
  const values = skillNames.map((name) => skills[name])
  const drawn = await page.locator('.radar-dot').evaluateAll(distancesFromMiddle)
  const deviations = values.map((value, at) =>
    Math.abs((drawn[at] ?? Number.NaN) - (value / 100) * radarRadius),
  )
  prove('skills that are drawn', drawn.length).equals(6)
  prove('the worst place of a dot on the radar', Math.max(...deviations)).isBelow(0.5)
  const written = await page.locator('.radar-value').allTextContents()
  prove('the values on the radar', written.map(Number)).equals(values)
}

/** The licences that somebody has, by what the database says. */
async function licenseIdsOf(sql: Sql, { id }: Person): Promise<Map<Specialization, number>> {
  const rows = await sql.rows<{ name: Specialization; id: number }>(
    `select specialization_type as name, license_id as id from v_all_active_licenses
     where user_id = $1`,
    [id],
  )
  return new Map(rows.map((row) => [row.name, row.id]))
}

interface Drawn {
  getAttribute(name: string): string | null
  readonly ownerSVGElement: { readonly viewBox: { readonly baseVal: Extent } }
}

interface Extent {
  readonly width: number
  readonly height: number
}

/** Runs in the page: how far each dot is from the middle of its picture. */
function distancesFromMiddle(dots: unknown): number[] {
  return (dots as Drawn[]).map((dot) => {
    const { width, height } = dot.ownerSVGElement.viewBox.baseVal
    const x = Number(dot.getAttribute('cx')) - width / 2
    const y = Number(dot.getAttribute('cy')) - height / 2
    return Math.hypot(x, y)
  })
}
