import { claim, eventually } from 'etalon'
import { openObservatory, press, setEnergy, spaced, still, type Page } from '../page.ts'
import { meeting, setScene, type Character } from '../scene.ts'

claim(['CHAR-T-40', 'CHAR-ENG-06'], async ({ system, sql, browser, prove }) => {
  const scene = await setScene(system, { characters: 3, settings: still, actor: 'owner:tired' })
  await setEnergy(sql, scene, [1_000, 90, 240])
  const page = await openObservatory({ browser }, scene)
  await press(page, 'Character 1')
  await press(page, 'Character 2')
  await page.getByLabel(/^What .* says$/).fill('Hello')
  const send = page.getByRole('button', { name: 'Send' })
  await browser.shows('why', page.getByText('Character 2 is exhausted and has to rest.'))
  prove('an exhausted target can be sent to', await send.isEnabled()).equals(false)
  await press(page, 'Character 3')
  await page.getByRole('button', { name: 'Swap the two' }).click()
  await page.getByLabel(/^What .* says$/).fill('Hello')
  prove('who has 0.24 may greet', await send.isEnabled()).isTrue()
  await page.getByRole('radio', { name: /^Conflict/ }).check({ force: true })
  await browser.shows('why', page.getByText('Character 3 has not enough energy for this.'))
  prove('who has 0.24 may quarrel', await send.isEnabled()).equals(false)
  await page.getByRole('radio', { name: /^Greeting/ }).check({ force: true })
  const [one, , third] = scene.characters as [Character, Character, Character]
  await scene.owner.post('/api/v1/interactions', meeting(third, one, 'discussion')).expect(201)
  const isBlocked = await eventually(() => send.isDisabled(), 5_000)
  prove('who is exhausted by somebody else meanwhile is blocked', isBlocked).isTrue()
})

claim('CHAR-UI-06', async ({ system, browser, prove }) => {
  const scene = await setScene(system, { settings: still, actor: 'owner:interaction' })
  const page = await openObservatory({ browser }, scene)
  await browser.shows('what to do', page.getByText('Select two characters'))
  await press(page, 'Character 1')
  await press(page, 'Character 2')
  await page.getByRole('button', { name: 'Swap the two' }).click()
  prove('who begins after the swap', await side(page, 'Initiator')).matches(/Character 2/)
  prove('who answers after the swap', await side(page, 'Target')).matches(/Character 1/)
  const choices = (await page.locator('.kind-choice').allInnerTexts()).map(spaced)
  prove('kinds and what they cost', choices).equals([
    'Greeting −5 %',
    'Chat −10 %',
    'Discussion −15 %',
    'Debate −20 %',
    'Collaboration −15 %',
    'Emotional support −20 %',
    'Conflict −25 %',
  ])
  const send = page.getByRole('button', { name: /^(Send|Processing)$/ })
  prove('nothing can be sent without words', await send.isDisabled()).isTrue()
  const suggestion = page.getByRole('group', { name: 'Suggested messages' }).getByRole('button')
  const words = await suggestion.first().innerText()
  await suggestion.first().click()
  prove('words that were suggested', await page.getByLabel(/^What .* says$/).inputValue()).equals(
    words,
  )
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/api/v1/interactions', async (route) => {
    await released
    await route.continue()
  })
  await send.click()
  await browser.shows('that it goes on', page.getByRole('button', { name: 'Processing' }))
  prove('it can be sent twice', await send.isEnabled()).equals(false)
  release()
  await browser.shows('what was answered', page.locator('.toast', { hasText: 'Character 1:' }))
  prove('what is left to send', await page.getByLabel(/^What .* says$/).inputValue()).equals('')
})

async function side(page: Page, name: string): Promise<string> {
  return page.getByRole('group', { name }).locator('strong').innerText()
}
