import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** A rule of accessibility that a page breaks. */
export interface AccessibilityViolation {
  readonly rule: string
  readonly impact: string
  readonly help: string
  /** Selectors of the elements that break it. */
  readonly elements: readonly string[]
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly impact?: string | null
    readonly help: string
    readonly nodes: readonly { readonly target: readonly unknown[] }[]
  }[]
}

declare const document: unknown

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Checks a page, as it is now, against WCAG 2.2 A and AA by axe-core. */
export async function accessibilityOf(page: Page): Promise<AccessibilityViolation[]> {
  // Not as a script of the page, which a strict content security policy would refuse.
  await page.evaluate(readFileSync(axe, 'utf8'))
  const result = await page.evaluate(
    (tags) =>
      (
        globalThis as unknown as { axe: { run(root: unknown, options: unknown): Promise<unknown> } }
      ).axe.run(document, { runOnly: tags }),
    standards,
  )
  return (result as AxeResult).violations.map(({ id, impact, help, nodes }) => ({
    rule: id,
    impact: impact ?? 'unknown',
    help,
    elements: nodes.map(({ target }) => target.join(' ')),
  }))
}
