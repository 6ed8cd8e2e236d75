import { claim, type ClaimContext, type Sql } from 'etalon'
import { openAcademy, takeIn, type Academy, type Student } from '../academy.ts'
import { unhurried, type Page } from '../dashboard.ts'
import { personOf } from '../person.ts'
import { randomSkills, skillNames } from '../skill.ts'

const skillLabels = [
  'Heading',
  'Shooting',
  'Crossing',
  'Passing',
  'Dribbling',
  'Ball control',
] as const

/** An instructor in front of the pages, and two students. */
interface Desk extends ClaimContext {
  readonly academy: Academy
  readonly anna: Student
  readonly bela: Student
  readonly page: Page
}

claim('LFA-UI-09', unhurried, async (context) => {
  const { system, sql, random, browser } = context
  const academy = await openAcademy(system, random, 'teaching', { sessionType: 'HYBRID' })
  const anna = await takeIn(system, academy, 'student:anna')
  const bela = await takeIn(system, academy, 'student:bela')
  const page = await browser.page({ as: academy.instructor })
  const desk = { ...context, sql, academy, anna, bela, page }
  await page.goto('/')
  await callsRoll(desk)
  await page.getByRole('link', { name: 'Students' }).click()
  await assessesSkills(desk)
  await entersDeeds(desk)
  await page.getByRole('link', { name: 'Promotions' }).click()
  await promotes(desk)

  const stranger = await browser.page({ as: await personOf(system, 'instructor:other') })
  await stranger.goto('/teach/students')
  await browser.shows('what another instructor sees', stranger.getByText('Nobody found'))
})

async function callsRoll(desk: Desk): Promise<void> {
  const { sql, academy, anna, bela, page, browser, prove } = desk
  const season = academy.seasons.LFA_PLAYER
  const line = page.getByRole('listitem').filter({ hasText: season.name })
  await line.getByRole('link', { name: /Roll call/ }).click()
  const mark = (name: string, status: string): Promise<void> =>
    page
      .getByRole('group', { name: `Mark of ${name}` })
      .getByText(status)
      .click()
  await mark('student:anna', 'Present')
  await page.getByLabel('Rating of student:anna').selectOption({ label: 'Rating 4' })
  await page.getByLabel('Quiz score of student:anna in percent').fill('80')
  await mark('student:bela', 'Excused')
  await page.getByRole('button', { name: 'Save the roll call' }).click()
  await browser.shows('that the roll is saved', page.getByText('2 marks saved'))
  const marks = await sql.rows(
    `select e.license_id, a.status, a.instructor_rating as rating,
       a.quiz_score_percent::float8 as quiz, a.checked_in_by as by
     from lfa_player_attendance a join lfa_player_enrollments e on e.id = a.enrollment_id
     where a.session_id = $1 order by e.license_id`,
    [season.sessionIds[0]],
  )
  const [first, second] = [anna.licenseIds.LFA_PLAYER, bela.licenseIds.LFA_PLAYER]
  const by = academy.instructor.id
  prove('the roll in the database', marks).equals([
    { license_id: first, status: 'PRESENT', rating: 4, quiz: 80, by },
    { license_id: second, status: 'EXCUSED', rating: null, quiz: null, by },
  ])
}

async function assessesSkills({ sql, random, anna, page, prove }: Desk): Promise<void> {
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Assess skills of student:anna' }).click()
  const { skills, overall } = randomSkills(random)
  for (const [at, label] of skillLabels.entries()) {
    const value = skills[skillNames[at] as (typeof skillNames)[number]]
    await dialog.getByLabel(`${label}, figure`).fill(String(value))
  }
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  const assessed = await sql.one(
    `select ${skillNames.map((name) => `${name}::float8`).join(', ')},
       overall_avg::float8 as overall
     from lfa_player_licenses where id = $1`,
    [anna.licenseIds.LFA_PLAYER],
  )
  prove('the skills in the database', assessed).equals({ ...skills, overall })
}

async function entersDeeds({ sql, bela, page, prove }: Desk): Promise<void> {
  const dialog = page.getByRole('dialog')
  const enter = async (): Promise<void> => {
    await dialog.getByRole('button', { name: 'Enter' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  for (const result of ['Lost', 'Won']) {
    await page.getByRole('button', { name: 'Competition of student:bela' }).click()
    await dialog.getByText(result, { exact: true }).click()
    await enter()
  }
  const hours = [
    ['Teaching hours of student:bela', 'Teaching', 12],
    ['Hours of student:bela', 'Practice', 7],
  ] as const
  for (const [button, kind, count] of hours) {
    await page.getByRole('button', { name: button, exact: true }).click()
    await dialog.getByLabel('Kind').selectOption({ label: kind })
    await dialog.getByRole('spinbutton', { name: 'Hours' }).fill(String(count))
    await enter()
  }
  prove('the fighter in the database', await beltOf(sql, bela.licenseIds.GANCUJU)).equals({
    current_level: 1,
    eligible_level: 3,
    competitions_entered: 2,
    competitions_won: 1,
    teaching_hours: 12,
  })
  const coach = await sql.one(
    'select theory_hours, practice_hours, teaching_hours from coach_licenses where id = $1',
    [bela.licenseIds.COACH],
  )
  prove('the hours of the coach', coach).equals({
    theory_hours: 0,
    practice_hours: 7,
    teaching_hours: 0,
  })
}

async function promotes({ sql, academy, bela, page, browser, prove }: Desk): Promise<void> {
  const dialog = page.getByRole('dialog')
  const waiting = page.getByRole('row', { name: /student:bela/ })
  await browser.shows('who waits', waiting.getByText('1 of 2 won, 12 h taught'))
  await browser.shows('what he waits for', waiting.getByText('Level 2 of 8'))
  prove('how many wait', await page.locator('tbody tr').count()).equals(1)
  await page.getByRole('button', { name: 'Promote student:bela' }).click()
  await dialog.getByLabel('Reason, for the record').fill('A clean fight')
  await dialog.getByRole('button', { name: 'Promote' }).click()
  await browser.shows('the next decision about him', waiting.getByText('Level 3 of 8'))
  const { current_level } = await beltOf(sql, bela.licenseIds.GANCUJU)
  prove('the level in the database', current_level).equals(2)
  const risen = await sql.rows(
    `select from_level, to_level, advanced_by as by, advancement_reason as reason
     from license_progressions where gancuju_license_id = $1`,
    [bela.licenseIds.GANCUJU],
  )
  prove('the promotion on record', risen).equals([
    { from_level: 1, to_level: 2, by: academy.instructor.id, reason: 'A clean fight' },
  ])
}

interface Belt {
  readonly current_level: number
  readonly eligible_level: number
  readonly competitions_entered: number
  readonly competitions_won: number
  readonly teaching_hours: number
}

function beltOf(sql: Sql, licenseId: number): Promise<Belt> {
  return sql.one(
    `select current_level, eligible_level, competitions_entered, competitions_won, teaching_hours
     from gancuju_licenses where id = $1`,
    [licenseId],
  )
}
