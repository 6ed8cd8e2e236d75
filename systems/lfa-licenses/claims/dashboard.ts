import type { Actor } from 'etalon'
import type { Browser, PageOptions } from 'etalon/browser'

/** A page in the browser, as Playwright drives it. */
export type Page = Awaited<ReturnType<Browser['page']>>

/** A browser takes many times as long on a busy machine; nothing but a hang takes this long. */
export const unhurried = { timeoutMs: 120_000 } as const

/** Opens the health dashboard and waits until all that it has read is shown. */
export async function openDashboard(
  browser: Browser,
  admin: Actor,
  options: PageOptions = {},
): Promise<Page> {
  const page = await browser.page({ ...options, as: admin })
  await page.goto('/admin/health')
  await dashboardShown(page)
  return page
}

/** Waits until the dashboard has read everything. */
export async function dashboardShown(page: Page): Promise<void> {
  for (const part of ['.gauge-card', '.metrics-card', '.system-card']) {
    await page.locator(part).waitFor()
  }
  await page.locator('.violations-card, .healthy-banner').first().waitFor()
}

/** What a list of terms says under the elements found: each term with its text. */
export async function termsOf(page: Page, selector: string): Promise<Map<string, string>> {
  const terms = await page.locator(`${selector} dt`).allInnerTexts()
  const values = await page.locator(`${selector} dd`).allInnerTexts()
  return new Map(terms.map((term, at) => [term, spaced(values[at] ?? '')]))
}

/** Text with its spaces as they are typed. */
export function spaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** The number that a text shows, such as 1250 for `1,250` and 97.67 for `97.67%`. */
export function numberIn(text: string): number {
  return Number(text.replaceAll(/[,%]/g, ''))
}

const day = { day: 'numeric', month: 'short' } as const
const clock = { hour: '2-digit', minute: '2-digit' } as const

/** A moment as a person in Britain writes it: `3 Nov, 17:00`. */
export function momentText(moment: string | Date): string {
  return spaced(new Date(moment).toLocaleString('en-GB', { ...day, ...clock }))
}

/** A day as a person in Britain writes it: `3 Nov 2026`. */
export function dayText(moment: string | Date): string {
  return spaced(new Date(moment).toLocaleDateString('en-GB', { ...day, year: 'numeric' }))
}
