import { claim } from 'etalon'
import {
  openObservatory,
  press,
  selected,
  showsGraph,
  showsPhase,
  tellRests,
  widthOf,
} from '../page.ts'
import { meeting, setScene, type Character } from '../scene.ts'

claim('CHAR-T-41', async (context) => {
  const { system, browser, prove } = context
  const settings = { interaction_cooldown: 3_600 }
  const scene = await setScene(system, { settings, actor: 'owner:refused' })
  const [one, other] = scene.characters as [Character, Character]
  await scene.owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
  const page = await openObservatory(context, scene, { allow: [/status (409|403|500)/] })
  await press(page, 'Character 1')
  await press(page, 'Character 2')
  const words = page.getByLabel(/^What .* says$/)
  await words.fill('Hello again')
  await page.getByRole('button', { name: 'Send' }).click()
  const alert = page.getByRole('alert')
  await browser.shows('why it was refused', alert.getByText('The two have met a moment ago'))
  prove('the words are kept', await words.inputValue()).equals('Hello again')
  await page.getByRole('radio', { name: /^Chat/ }).check({ force: true })
  await alert.waitFor({ state: 'detached' })
  await press(page, 'Character 2')
  prove('the page can be used', await selected(page)).equals(['Character 1'])

  await page.route('**/characters?*', (route) =>
    route.fulfill({ status: 500, json: { error: { message: 'Out of order', code: 'CHAR_X' } } }),
  )
  await page.reload()
  await browser.shows('what failed', alert.getByText('Out of order'))
  await browser.shows('the other panels', page.getByRole('list', { name: 'Activity' }))
  await page.unroute('**/characters?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await browser.shows('the characters', page.getByRole('list', { name: 'Characters' }))

  const stranger = await system.actor('stranger:page')
  const foreign = await browser.page({ as: stranger, allow: [/status 403/, /WebSocket/] })
  await foreign.goto(`/ecosystems/${scene.ecosystem}`)
  await browser.shows('that it is foreign', foreign.getByText(/You are not a member/))
})

claim('CHAR-UI-08', async (context) => {
  const { system, browser, prove } = context
  const newcomer = await system.actor('owner:newcomer')
  const page = await browser.page({ as: newcomer })
  await page.goto('/')
  await browser.shows('that there is nothing', page.getByText('You are in no ecosystem yet'))
  await page.getByRole('button', { name: 'New ecosystem' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('The first place')
  await page.getByRole('button', { name: 'Make it' }).click()
  await browser.shows('its page', page.getByRole('heading', { name: 'The first place' }))
  for (const text of [
    'Nobody lives here yet',
    'Nobody to know',
    'Nothing has happened yet',
    'Select two characters',
  ])
    await browser.shows(`the empty state: ${text}`, page.getByText(text))
  await page.getByRole('button', { name: 'Make the first character' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Ada')
  await page.getByLabel('Who they are').fill('Looks at the stars.')
  await page.getByLabel('Openness').fill('0.9')
  await page.getByRole('button', { name: 'Make', exact: true }).click()
  await browser.shows('the character', page.locator('.character', { hasText: 'Ada' }))
  await browser.shows('what marks it', page.locator('.trait').getByText('Open'))
  await browser.shows('that it came', page.getByText('Ada moved in'))
  prove('characters', await page.locator('.character').count()).equals(1)
  await page.context().setOffline(true)
  await browser.shows('that the page is offline', page.getByText('You are offline'))
  await page.context().setOffline(false)
  await showsPhase(context, page, 'Connected')
})

claim('CHAR-UI-09', { timeoutMs: 60_000 }, async (context) => {
  const { system, sql, browser, prove } = context
  const scene = await setScene(system, { characters: 3, actor: 'owner:keys' })
  const [one, other] = scene.characters as [Character, Character]
  await scene.owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
  // More than has room, so that what scrolls has to be reached by keys.
  await tellRests(sql, scene, one.id, 40)
  for (const [colorScheme, width] of [
    ['dark', 390],
    ['light', 1_280],
  ] as const) {
    const viewport = { width, height: 800 }
    const page = await openObservatory(context, scene, { colorScheme, viewport })
    await showsGraph(context, page, '3 characters, 1 of 1 link shown')
    await browser.shows('a long feed', page.locator('.feed-line').nth(40))
    await page.getByRole('application').focus()
    for (const key of ['ArrowRight', 'Enter', 'ArrowRight', 'Enter']) {
      await page.keyboard.press(key)
    }
    prove(`selected by keys, ${colorScheme}`, await selected(page)).equals([one.name, other.name])
    await browser.shows('whom the keys point at', page.locator('.network-tip'))
    prove(`accessibility, ${colorScheme}`, await browser.accessibility(page)).isEmpty()
    await page.getByRole('button', { name: 'As a table' }).click()
    const rows = page.getByRole('table', { name: 'Relationships' }).locator('tbody tr')
    prove(`rows of the table, ${colorScheme}`, await rows.count()).equals(1)
    prove(`accessibility of the table, ${colorScheme}`, await browser.accessibility(page)).isEmpty()
    prove(`width, ${colorScheme}`, await widthOf(page)).isAtMost(width)
    await page.close()
  }
})
