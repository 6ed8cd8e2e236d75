import { claim } from 'etalon'
import { openObservatory, press, selected, setEnergy, spaced, still, widthOf } from '../page.ts'
import { makeCharacter, plain, setScene } from '../scene.ts'

const panels = ['Characters', 'Relationship network', 'Interaction', 'Live activity feed']

claim(['CHAR-T-31', 'CHAR-UI-01'], async ({ system, browser, prove }) => {
  const scene = await setScene(system, { actor: 'owner:panels' })
  const page = await openObservatory({ browser }, scene)
  for (const name of panels) {
    await browser.shows(`the panel ${name}`, page.getByRole('region', { name, exact: true }))
  }
  prove('headings of panels', await page.locator('.panel h2').allInnerTexts()).equals(panels)
})

claim(['CHAR-T-32', 'CHAR-UI-02', 'CHAR-ENG-06'], async ({ system, sql, browser, prove }) => {
  const scene = await setScene(system, { characters: 5, settings: still, actor: 'owner:bars' })
  await setEnergy(sql, scene, [1_000, 701, 700, 300, 40])
  await makeCharacter(scene.owner, scene.ecosystem, 'Open One', { ...plain, openness: 0.71 })
  await makeCharacter(scene.owner, scene.ecosystem, 'Plain One', { ...plain, openness: 0.7 })
  const page = await openObservatory({ browser }, scene)
  const cards = page.locator('.character')
  const bars = await cards.getByRole('progressbar').evaluateAll(readBars)
  prove('energy of each bar', bars.map(({ now }) => now).join()).equals('100,70,70,30,4,100,100')
  prove('colour of each bar', bars.map(({ colour }) => colour).join()).equals(
    'green,green,amber,red,red,green,green',
  )
  prove('what each bar is called', bars[0]?.name ?? '').equals('Energy of Character 1')
  prove('traits above 0.7', await page.locator('.trait').allInnerTexts()).equals(['Open'])
  prove('counts of interactions', spaced(await cards.first().innerText())).matches(/0 interactions/)
})

claim('CHAR-T-33', async ({ system, browser, prove }) => {
  const scene = await setScene(system, { characters: 3, actor: 'owner:selection' })
  const page = await openObservatory({ browser }, scene)
  const after: string[] = []
  for (const number of [1, 2, 3, 1, 1]) {
    await press(page, `Character ${number}`)
    after.push((await selected(page)).map((name) => name.slice(-1)).join('+'))
  }
  prove('who is selected after each press', after.join(' ')).equals('1 1+2 1+3 3 3+1')
  const side = page.getByRole('group', { name: 'Initiator' }).locator('strong')
  prove('who begins', await side.innerText()).equals('Character 3')
})

const views = [
  { width: 375, height: 812, columns: 1, rows: 4 },
  { width: 820, height: 1_180, columns: 2, rows: 2 },
  { width: 1_280, height: 800, columns: 3, rows: 2 },
] as const

claim(['CHAR-T-37', 'CHAR-UI-07'], async ({ system, browser, prove }) => {
  const scene = await setScene(system, { characters: 4, actor: 'owner:widths' })
  for (const { width, height, columns, rows } of views) {
    const page = await openObservatory({ browser }, scene, { viewport: { width, height } })
    await press(page, 'Character 1')
    await press(page, 'Character 2')
    prove(`width that the page needs, ${width} px`, await widthOf(page)).isAtMost(width)
    const places = await page.locator('.panel').evaluateAll(readPlaces)
    const count = (key: 'x' | 'y'): number => new Set(places.map((place) => place[key])).size
    prove(`panels, ${width} px`, places.length).equals(4)
    prove(`columns, ${width} px`, count('x')).equals(columns)
    prove(`rows, ${width} px`, count('y')).equals(rows)
    if (columns === 3) {
      const inside = places.filter(({ x, y }) => x < width && y < height)
      prove('panels that begin on the screen', inside.length).equals(4)
    }
    await browser.screenshot(page, `observatory ${width} px`)
    await page.close()
  }
})

interface Element {
  getAttribute(name: string): string | null
  querySelector(selector: string): Element
  getBoundingClientRect(): { readonly left: number; readonly top: number }
}

declare function getComputedStyle(element: Element): { readonly backgroundColor: string }

/** These run in the page. */
function readBars(bars: readonly unknown[]): { name: string; now: string; colour: string }[] {
  return (bars as readonly Element[]).map((bar) => {
    const fill = getComputedStyle(bar.querySelector('.energy-fill')).backgroundColor
    const [red = 0, green = 0] = fill.match(/\d+/g)?.map(Number) ?? []
    const colour = green > red * 1.5 ? 'green' : red > green * 2.5 ? 'red' : 'amber'
    return {
      name: bar.getAttribute('aria-label') ?? '',
      now: bar.getAttribute('aria-valuenow') ?? '',
      colour,
    }
  })
}

function readPlaces(panels: readonly unknown[]): { x: number; y: number }[] {
  return (panels as readonly Element[]).map((panel) => {
    const { left, top } = panel.getBoundingClientRect()
    return { x: Math.round(left), y: Math.round(top) }
  })
}
