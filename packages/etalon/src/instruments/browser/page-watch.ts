import type { BrowserContext, Page } from 'playwright-core'
import type { EvidenceSink } from '../../evidence/evidence-log.ts'

/** Something that went wrong on a page without any claim asking for it. */
export interface PageProblem {
  readonly kind: 'console error' | 'failed request' | 'error answer' | 'uncaught exception'
  readonly text: string
  readonly url: string
}

/** Watches the pages of a context; what is not allowed is a problem. */
export interface PageWatch {
  readonly problems: readonly PageProblem[]
  /** From now on, problems whose text or URL matches are expected. */
  allow(pattern: RegExp): void
}

/**
 * Watches every page of a context for console errors, requests that fail or are answered with an
 * error, and uncaught exceptions. All of them are evidence.
 */
export function watchPages(context: BrowserContext, evidence: EvidenceSink): PageWatch {
  const problems: PageProblem[] = []
  const allowed: RegExp[] = []
  const report = (problem: PageProblem): void => {
    const { kind, text, url } = problem
    const expected = allowed.some((one) => one.test(text) || one.test(url))
    evidence.record('page-problem', { problem: kind, text, url, expected })
    if (!expected) problems.push(problem)
  }
  context.on('page', (page: Page) => {
    page.on('pageerror', (error) => {
      report({ kind: 'uncaught exception', text: error.message, url: page.url() })
    })
  })
  context.on('console', (message) => {
    if (message.type() !== 'error') return
    const { url } = message.location()
    // The browser logs each failed request as well; those are reported with their status below.
    if (message.text().startsWith('Failed to load resource')) return
    report({ kind: 'console error', text: message.text(), url })
  })
  context.on('requestfailed', (request) => {
    const text = request.failure()?.errorText ?? 'failed'
    // A page that is left or closed cancels what it was loading.
    if (text === 'net::ERR_ABORTED') return
    report({ kind: 'failed request', text, url: request.url() })
  })
  context.on('response', (response) => {
    if (response.status() < 400) return
    report({ kind: 'error answer', text: `status ${response.status()}`, url: response.url() })
  })
  return { problems, allow: (pattern) => allowed.push(pattern) }
}
