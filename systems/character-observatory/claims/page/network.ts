import { claim, eventually } from 'etalon'
import {
  acquaint,
  openObservatory,
  setEnergy,
  showsGraph,
  spaced,
  still,
  type Page,
} from '../page.ts'
import { coloursOf } from '../picture.ts'
import { meeting, setScene, type Character } from '../scene.ts'

claim('CHAR-T-35', async (context) => {
  const { system, prove } = context
  const scene = await setScene(system, { characters: 3, actor: 'owner:graph' })
  const [one, other, third] = scene.characters as [Character, Character, Character]
  const page = await openObservatory(context, scene)
  await showsGraph(context, page, '3 characters, 0 of 0 links shown')
  await page.locator('.network-canvas canvas').first().evaluate(mark)
  await scene.owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
  await showsGraph(context, page, '3 characters, 1 of 1 link shown')
  await scene.owner.post('/api/v1/interactions', meeting(one, third, 'conflict')).expect(201)
  await showsGraph(context, page, '3 characters, 2 of 2 links shown')
  await page.getByRole('application').focus()
  await page.keyboard.press('ArrowRight')
  const tip = page.locator('.network-tip')
  prove('what the graph says of who quarrelled', spaced(await tip.innerText())).matches(
    /^Character 1, energy \d+ %, knows 2; Character 3: \w+, −0\.\d\d$/,
  )
  const isSame = await page.locator('.network-canvas canvas').first().evaluate(isMarked)
  prove('the graph is the one that was there before', isSame).isTrue()
})

claim('CHAR-T-38', async (context) => {
  const { system, sql, prove } = context
  const scene = await setScene(system, { characters: 4, settings: still, actor: 'owner:filter' })
  await setEnergy(sql, scene, [500, 500, 500, 500])
  const [one, two, three, four] = scene.characters as [Character, Character, Character, Character]
  await acquaint(sql, scene, [one, two], 0.1)
  await acquaint(sql, scene, [one, three], 0.45)
  await acquaint(sql, scene, [one, four], -0.8)
  const page = await openObservatory(context, scene)
  await showsGraph(context, page, '4 characters, 3 of 3 links shown')
  const canvas = page.locator('.network-canvas')
  const before = await coloursOf(page, canvas)
  prove('green on the screen', before.green).isAbove(20)
  prove('red on the screen', before.red).isAbove(20)
  const slider = page.getByLabel('Least strength of a link')
  for (const [least, left] of [
    ['0.3', 2],
    ['0.5', 1],
    ['0.9', 0],
    ['0.5', 1],
  ] as const) {
    await slider.fill(least)
    await showsGraph(context, page, `4 characters, ${left} of 3 links shown`)
  }
  const fades = async (): Promise<boolean> =>
    (await coloursOf(page, canvas)).green < before.green / 4
  prove(
    'warm links that are weaker are gone from the screen',
    await eventually(fades, 5_000),
  ).isTrue()
  prove('the strong cold one is there', (await coloursOf(page, canvas)).red).isAbove(20)
})

/** Dark dots that five names have at least; the buttons over the graph have some too. */
const dotsOfNames = 150

claim('CHAR-UI-03', { timeoutMs: 60_000 }, async (context) => {
  const { system, prove } = context
  const scene = await setScene(system, { characters: 5, settings: still, actor: 'owner:hands' })
  const page = await openObservatory(context, scene)
  await showsGraph(context, page, '5 characters, 0 of 0 links shown')
  const canvas = page.locator('.network-canvas')
  const rested = await coloursOf(page, canvas)
  prove('green rings of who is rested', rested.green).isAbove(50)
  await page.getByRole('application').focus()
  await page.keyboard.press('ArrowRight')
  const marker = page.locator('.network-marker')
  const from = await placeOf(marker)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x - 15, from.y + 10, { steps: 3 })
  await page.mouse.move(from.x - 50, from.y + 30, { steps: 3 })
  await page.mouse.up()
  const follows = async (): Promise<boolean> => {
    const to = await placeOf(marker)
    return Math.hypot(to.x - from.x + 50, to.y - from.y - 30) < 6
  }
  prove('who is dragged stands where it was put', await eventually(follows, 5_000)).isTrue()

  const zoom = page.getByRole('status', { name: 'Zoom' })
  for (const [name, limit] of [
    ['Zoom in', '300 %'],
    ['Zoom out', '50 %'],
  ] as const) {
    const button = page.getByRole('button', { name })
    const reached = await eventually(async () => {
      if (await button.isEnabled()) await button.click({ timeout: 1_000 }).catch(() => undefined)
      return spaced(await zoom.innerText()) === limit && (await button.isDisabled())
    }, 10_000)
    prove(`${name} ends at ${limit}`, reached).isTrue()
  }
  await page.getByRole('button', { name: 'Fit' }).click()
  await eventually(async () => spaced(await zoom.innerText()) === '100 %', 5_000)
  await page.getByRole('application').press('Escape')
  await page.mouse.move(0, 0)
  await marker.waitFor({ state: 'detached' })
  const named = await coloursOf(page, canvas)
  await page.getByRole('checkbox', { name: 'Names' }).uncheck()
  const fades = async (): Promise<boolean> =>
    (await coloursOf(page, canvas)).dark < named.dark - dotsOfNames
  prove('names can be switched off', await eventually(fades, 5_000)).isTrue()
})

/** Where the mark in the graph is; nowhere where it is gone. */
async function placeOf(
  marker: ReturnType<Page['locator']>,
): Promise<{ readonly x: number; readonly y: number }> {
  const box = await marker.boundingBox({ timeout: 1_000 }).catch(() => null)
  return box ?? { x: Number.NaN, y: Number.NaN }
}

/** These run in the page. */
function mark(element: object): void {
  Object.assign(element, { wasHereBefore: true })
}

function isMarked(element: object): boolean {
  return 'wasHereBefore' in element
}
