import { claim, eventually } from 'etalon'
import { openObservatory, press, showsGraph, still, type Page } from '../page.ts'
import { meeting, setScene, type Character } from '../scene.ts'

const traits = [0.1, 0.9, 0.25, 0.75, 0.6]
/** Three came, and two of them met: a meeting makes three events. */
const afterFirstMeeting = 6

claim('CHAR-UI-10', { timeoutMs: 90_000 }, async (context) => {
  const { system, browser, prove } = context
  const scene = await setScene(system, { characters: 3, settings: still, actor: 'owner:past' })
  const { owner } = scene
  const [one, other, third] = scene.characters as [Character, Character, Character]
  await owner.post('/api/v1/interactions', meeting(one, other, 'chat')).expect(201)
  await owner.post('/api/v1/interactions', meeting(other, one, 'collaboration')).expect(201)
  const page = await openObservatory(context, scene)
  const dialog = page.getByRole('dialog')

  await page.getByRole('button', { name: `Edit ${third.name}` }).click()
  const sliders = dialog.getByRole('slider')
  prove('sliders of the editor', await sliders.count()).equals(traits.length)
  for (const [at, value] of traits.entries()) await sliders.nth(at).fill(String(value))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  const edited = await owner
    .get<{ personality_traits: object }>(`/api/v1/characters/${third.id}`)
    .expect(200)
  prove('traits after it', Object.values(edited.body.personality_traits)).equals(traits)

  await press(page, one.name)
  await press(page, other.name)
  await page.locator('.chosen').getByRole('button', { name: 'Neutral' }).click()
  const { items } = (
    await owner
      .get<{ items: { strength_change: number }[] }>(
        `/api/v1/interactions?ecosystem=${scene.ecosystem}`,
      )
      .expect(200)
  ).body
  const now = items.reduce((sum, { strength_change }) => sum + strength_change, 0)
  const chart = dialog.getByRole('img')
  await browser.shows('the chart', chart)
  prove('from where to where it went', await chart.getAttribute('aria-label')).equals(
    `From 0.00 to ${now.toFixed(2)}`,
  )
  const points = await chart.locator('polyline').getAttribute('points')
  prove('points of the chart', points?.split(' ').length).equals(3)
  await dialog.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('button', { name: 'Replay' }).click()
  const moment = page.getByRole('slider', { name: 'Moment' })
  const end = await moment.getAttribute('max')
  prove('where it begins', await moment.inputValue()).equals(end ?? '')
  await moment.fill(String(afterFirstMeeting))
  await showsGraph(context, page, '3 characters, 1 of 1 link shown')
  prove('after the first meeting', await shown(page, 4)).equals('90 %,92 %,100 %; 4 lines')
  prove('accessibility of it', await browser.accessibility(page)).isEmpty()
  await page.locator('.chosen').getByRole('button', { name: 'Neutral' }).click()
  const [{ strength_change: first } = { strength_change: 0 }] = items.toReversed()
  prove('the history until then', await chart.getAttribute('aria-label')).equals(
    `From 0.00 to ${first.toFixed(2)}`,
  )
  await dialog.getByRole('button', { name: 'Close' }).click()
  const meets = page.getByRole('button', { name: 'Send' })
  prove('ways to change the past', await meets.count()).equals(0)
  for (let step = 0; step < 3; step += 1) await moment.press('ArrowLeft')
  await showsGraph(context, page, '3 characters, 0 of 0 links shown')
  prove('three keys before it', await shown(page, 3)).equals('100 %,100 %,100 %; 3 lines')
  await moment.press('Home')
  await browser.shows('that nobody was there', page.getByText('Nobody lives here yet'))

  await page.getByRole('button', { name: 'Play' }).click()
  const isOver = async (): Promise<boolean> => (await moment.inputValue()) === end
  prove('it plays to the end', await eventually(isOver, 15_000)).isTrue()
  const latest = await shown(page, 5)
  await moment.press('Home')
  await owner.post('/api/v1/interactions', meeting(one, third, 'greeting')).expect(201)
  await page.getByRole('button', { name: 'Back to live' }).click()
  await showsGraph(context, page, '3 characters, 2 of 2 links shown')
  prove('where it ended', latest).matches(/^\d+ %,\d+ %,100 %; 5 lines$/)
  prove('what is now', await shown(page, 6)).matches(/; 6 lines$/)
})

/** The energies and the count of the feed's lines, once there are as many as expected. */
async function shown(page: Page, lines: number): Promise<string> {
  const feed = page.locator('.feed-line')
  await eventually(async () => (await feed.count()) === lines, 5_000)
  const energies = await page.locator('.character .energy-figure').allInnerTexts()
  return `${energies.join()}; ${await feed.count()} lines`
}
