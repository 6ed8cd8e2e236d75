import type { ClaimContext } from 'etalon'
import type { Browser, PageOptions } from 'etalon/browser'

/** A page in the browser, as Playwright drives it. */
export type Page = Awaited<ReturnType<Browser['page']>>

/** Where somebody looks at the pages. */
export interface Seat extends ClaimContext {
  readonly page: Page
}

/** Opens a page and waits until what it has read is shown. */
export async function openPage(
  { browser }: Pick<ClaimContext, 'browser'>,
  path: string,
  options: PageOptions,
): Promise<Page> {
  const page = await browser.page(options)
  await page.goto(path)
  await readOut(page)
  return page
}

/** Waits until nothing on the page is being read for the first time. */
export async function readOut(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
}

/** On a phone by night and at a desk by day: nothing sticks out, and everybody can use it. */
export async function looksWell({ browser, page, prove }: Seat, path: string): Promise<void> {
  const show = async (width: number, height: number, scheme: 'dark' | 'light'): Promise<void> => {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: scheme })
  }
  const looks = async (name: string, width: number): Promise<void> => {
    await readOut(page)
    // A colour on its way from one scheme to the other is neither's.
    await page.evaluate(comeToRest)
    const needed = await page.locator('html').evaluate(widthOf)
    prove(`width that the page needs, ${name}`, needed).isAtMost(width)
    prove(`accessibility, ${name}`, await browser.accessibility(page)).isEmpty()
  }
  await show(390, 844, 'dark')
  await page.goto(path)
  await looks('390 px, dark', 390)
  await browser.screenshot(page, `${path.split('/')[2]} 390 px, dark`)
  await show(1_280, 800, 'light')
  await looks('1280 px, light', 1_280)
}

declare const document: {
  getAnimations(): readonly { finish(): void; cancel(): void }[]
}

/**
 * Runs in the page. Ends what moves instead of waiting for it: that takes frames, and a browser
 * which is kept busy may paint none.
 */
function comeToRest(): void {
  for (const animation of document.getAnimations()) {
    try {
      animation.finish()
    } catch {
      // One that goes round for ever has no end.
      animation.cancel()
    }
  }
}

/** Runs in the page. */
function widthOf(element: { scrollWidth: number }): number {
  return element.scrollWidth
}

/** Text with its spaces as they are typed. */
export function spaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** A moment as a person in Britain writes it: `3 Nov, 17:00`. */
export function momentText(moment: string | Date): string {
  const day = { day: 'numeric', month: 'short' } as const
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  return spaced(new Date(moment).toLocaleString('en-GB', { ...day, ...clock }))
}

/** A text with a capital at its beginning. */
export function initial(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A reason as the page writes it: a sentence, its long numbers in groups of three. */
export function reasonText(reason: string): string {
  return initial(reason.replaceAll(/\d{5,}/g, (digits) => Number(digits).toLocaleString('en-GB')))
}

/** Where links lead. */
export function pathsOf(links: ReturnType<Page['locator']>): Promise<string[]> {
  return links.evaluateAll(readPaths)
}

/** Runs in the page. */
function readPaths(links: readonly unknown[]): string[] {
  return (links as readonly { getAttribute(name: string): string | null }[]).map(
    (link) => link.getAttribute('href') ?? '',
  )
}

/** The cells of a table's rows, as a reader sees them. */
export async function cellsOf(page: Page, table: string): Promise<string[][]> {
  const rows = page.getByRole('table', { name: table }).locator('tbody tr')
  const texts = await rows.evaluateAll(readCells)
  return texts.map((cells) => cells.map(spaced))
}

interface Row {
  querySelectorAll(selector: string): Iterable<{ readonly textContent: string | null }>
}

/** Runs in the page. */
function readCells(rows: readonly unknown[]): string[][] {
  return (rows as readonly Row[]).map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
  )
}
