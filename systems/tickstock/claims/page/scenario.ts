import { claim, eventually } from 'etalon'
import { cellsOf, initial, looksWell, openPage, readOut, type Page, type Seat } from '../page.ts'
import { loadAs } from '../scenario-command.ts'

const suffix = 'PAGE'
const patterns = `TEST_CANDLE_PATTERNS_${suffix}`
const free = `TEST_PATTERN_FREE_${suffix}`
const crash = `TEST_CRASH_2020_${suffix}`

interface Outcome {
  readonly title: string
  readonly unit: 'percent' | 'count' | 'flag'
  readonly declared: number
  readonly tolerance: number
  readonly measured: number
  readonly met: boolean
}

interface Planted {
  readonly pattern: string
  readonly function: string
  readonly date: string
  readonly value: number
}

/** A scenario as the API has it. */
interface Told {
  readonly days: number
  readonly outcomes: readonly Outcome[]
  readonly planted: readonly Planted[]
}

claim('TICK-UI-04', { timeoutMs: 90_000 }, async (context) => {
  const { system, browser, prove } = context
  for (const name of ['candle_patterns', 'pattern_free', 'crash_2020']) {
    prove(`loading ${name}`, await loadAs(system, suffix, name)).equals(0)
  }
  const viewer = await system.actor('viewer')
  const page = await openPage({ browser }, `/ui/scenarios/${patterns}`, { as: viewer })
  const seat = { ...context, page }
  await seesPatterns(seat)
  await seesOutcomes(seat)
  await looksWell(seat, `/ui/scenarios/${patterns}`)
  await becomesNarrow(seat)
})

/** A window that is made narrower, or a phone that is turned, makes the chart narrower too. */
async function becomesNarrow({ page, prove }: Seat): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 })
  const isNarrow = async (): Promise<boolean> =>
    (await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)) <= 390
  prove('nothing sticks out of a window made narrower', await eventually(isNarrow, 5_000)).isTrue()
}

async function seesPatterns({ system, sql, page, browser, prove }: Seat): Promise<void> {
  const viewer = await system.actor('viewer')
  const { body: told } = await viewer.get<Told>(`/scenarios/${patterns}`).expect(200)
  const bars = await sql.value<number>(
    'select count(*)::int from scenario.bars where symbol = $1',
    [patterns],
  )
  prove('planted patterns', told.planted.length).isAtLeast(12)
  prove('candles that are drawn', await chartHolds(page, 'bars')).equals(bars)
  prove('patterns that are marked', await chartHolds(page, 'markers')).equals(told.planted.length)
  const rows = await cellsOf(page, 'Planted patterns')
  prove(
    'the planted patterns',
    rows.map(([pattern, , , name]) => [pattern, name]),
  ).equals(
    told.planted.map(({ pattern, date, function: name }) => [
      initial(pattern.replaceAll('_', ' ')) + day(date),
      name,
    ]),
  )
  const marked = await markedPixels(page)
  await page
    .getByRole('button', { name: /^In the chart.*Hammer/ })
    .first()
    .click()
  await browser.shows('the way back', page.getByRole('button', { name: 'Show all days' }))
  await page.goto(`/ui/scenarios/${free}`)
  await readOut(page)
  prove('patterns that are marked where none is', await chartHolds(page, 'markers')).equals(0)
  prove('points in the colour of marks, where some are', marked).isAtLeast(100)
  prove('and where none is', await markedPixels(page)).equals(0)
}

async function seesOutcomes({ system, page, prove }: Seat): Promise<void> {
  const viewer = await system.actor('viewer')
  const { body: told } = await viewer.get<Told>(`/scenarios/${crash}`).expect(200)
  await page.goto(`/ui/scenarios/${crash}`)
  await readOut(page)
  const rows = await cellsOf(page, 'Outcomes, declared and measured')
  prove('declared outcomes', told.outcomes.length).isAtLeast(4)
  prove(
    'the outcomes, declared and measured',
    rows.map(([title, ...figures]) => [title?.slice(0, 8), ...figures]),
  ).equals(
    told.outcomes.map(({ title, unit, declared, tolerance, measured, met }) => [
      title.slice(0, 8),
      figure(declared, unit) + (tolerance === 0 ? '' : ` ± ${number(tolerance)}`),
      figure(measured, unit),
      met ? 'Met' : 'Missed',
    ]),
  )
}

async function chartHolds(page: Page, what: 'bars' | 'markers'): Promise<number> {
  const place = page.locator('.candles-place[data-bars]')
  await place.waitFor()
  return Number(await place.getAttribute(`data-${what}`))
}

/** How many points of the drawing have the colour of marks. */
async function markedPixels(page: Page): Promise<number> {
  return page.locator('.candles-place').evaluate(countMarked)
}

interface Canvas {
  readonly width: number
  readonly height: number
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { data: ArrayLike<number> }
  }
}

declare const document: {
  createElement(name: string): { style: { color: string }; remove(): void }
}

declare function getComputedStyle(element: unknown): { color: string }

declare function requestAnimationFrame(then: () => void): void

/** Runs in the page, when the chart has drawn what it was given last. */
async function countMarked(place: unknown): Promise<number> {
  const chart = place as {
    append(node: unknown): void
    querySelectorAll(selector: string): Iterable<Canvas>
  }
  for (let frame = 0; frame < 3; frame += 1) {
    await new Promise<void>((resolve) => {
      requestAnimationFrame(resolve)
    })
  }
  const probe = document.createElement('span')
  chart.append(probe)
  probe.style.color = 'var(--info)'
  const wanted = getComputedStyle(probe).color.match(/\d+/g)?.map(Number) ?? []
  probe.remove()
  let found = 0
  for (const canvas of chart.querySelectorAll('canvas')) {
    if (canvas.width === 0 || canvas.height === 0) continue
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    for (let at = 0; at < data.length; at += 4) {
      if (wanted.every((value, part) => data[at + part] === value)) found += 1
    }
  }
  return found
}

const number = (value: number): string =>
  value.toLocaleString('en-GB', { maximumFractionDigits: 2 })

function figure(value: number, unit: Outcome['unit']): string {
  if (unit === 'flag') return value === 1 ? 'Yes' : 'No'
  return `${number(value)}${unit === 'percent' ? '%' : ''}`
}

function day(date: string): string {
  const parts = { day: 'numeric', month: 'short', year: 'numeric' } as const
  return new Date(date).toLocaleDateString('en-GB', parts)
}
