import type { Browser as RunningBrowser, BrowserContext, Locator, Page } from 'playwright-core'
import { messageOf } from '../../kernel/errors.ts'
import { Refutation } from '../../kernel/refutation.ts'
import type { Session } from '../session.ts'
import { accessibilityOf, type AccessibilityViolation } from './accessibility.ts'
import type { BrowserEngine } from './engine.ts'
import { framesDuring, type FrameFilter, type Frames } from './frames.ts'
import { memoryGrowthOf, type MemoryGrowth } from './memory.ts'
import { watchPages, type PageProblem, type PageWatch } from './page-watch.ts'
import { endingStep, withEndingSteps } from './step.ts'
import { observeVitals, vitalsOf, type Vitals } from './vitals.ts'

/** Who looks at a page, and on what. */
export interface PageOptions {
  /** Somebody who is signed in; nobody unless given. */
  readonly as?: { readonly browser?: BrowserIdentity | undefined }
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  /** Problems that are expected, by their text or URL. */
  readonly allow?: readonly RegExp[]
}

/** What makes a browser somebody's: given by the configuration's `signIn`. */
export interface BrowserIdentity {
  readonly cookies?: readonly { readonly name: string; readonly value: string }[]
  readonly localStorage?: Readonly<Record<string, string>>
}

/** Drives real pages in a headless Chrome or Chromium. Pages are Playwright's. */
export interface Browser {
  /**
   * Opens a page in a context of its own. Paths given to `goto` are relative to the base URL. No step
   * of the page takes longer than 20 s, unless it is given a time of its own.
   */
  page(options?: PageOptions): Promise<Page>
  /** Waits until an element shows. @throws Refutation, with a screenshot, when it does not */
  shows(title: string, locator: Locator, options?: { readonly withinMs?: number }): Promise<Locator>
  vitals(page: Page): Promise<Vitals>
  /** The trace of the page begins anew after it: taking it would cost frames. */
  frames(page: Page, action: () => Promise<unknown>, filter?: FrameFilter): Promise<Frames>
  /** The trace of the page begins anew after it: what it keeps of the page would count as growth. */
  memoryGrowth(
    page: Page,
    rounds: number,
    use: (round: number) => Promise<unknown>,
  ): Promise<MemoryGrowth>
  accessibility(page: Page): Promise<AccessibilityViolation[]>
  /** Keeps a picture of a page as evidence. */
  screenshot(page: Page, name: string): Promise<void>
  /** From now on, problems of a page whose text or URL matches are expected. */
  allow(page: Page, pattern: RegExp): void
  /** Problems on any page that nobody allowed. */
  problems(): readonly PageProblem[]
  /** Closes all pages; keeps their traces and pictures when what they showed was refuted. */
  close(refuted: boolean): Promise<void>
}

export interface BrowserOptions {
  readonly baseUrl: string
  readonly session: Session
  readonly engine: BrowserEngine
  /** A step of the browser that takes longer does not end; 20 s unless given. */
  readonly stepMsMax?: number
}

const showTimeoutMs = 10_000
const stepMsMaxDefault = 20_000

interface OpenContext {
  readonly context: BrowserContext
  readonly watch: PageWatch
}

/** Opens the instrument; the engine is started by its first page and stopped by its owner. */
export function createBrowser(options: BrowserOptions): Browser {
  const { session, stepMsMax = stepMsMaxDefault } = options
  const contexts: OpenContext[] = []
  const watchOf = (page: Page): PageWatch | undefined =>
    contexts.find(({ context }) => context === page.context())?.watch

  return {
    page: async (pageOptions = {}) => {
      const opening = openContext(await options.engine.start(), options, pageOptions)
      const opened = await endingStep('open', opening, stepMsMax)
      contexts.push(opened)
      opened.context.setDefaultTimeout(stepMsMax)
      const page = await endingStep('newPage', opened.context.newPage(), stepMsMax)
      return withEndingSteps(page, stepMsMax)
    },
    shows: (title, locator, { withinMs = showTimeoutMs } = {}) =>
      requireShown(session, title, locator, withinMs),
    vitals: async (page) => record(session, 'vitals', await vitalsOf(page)),
    frames: async (page, action, filter) => {
      const frames = await untraced(page, stepMsMax, () => framesDuring(page, action, filter))
      const { frameMs, watchedMs } = frames
      session.evidence.record('frames', { ...filter, frameMs, watchedMs })
      return frames
    },
    memoryGrowth: async (page, rounds, use) =>
      record(
        session,
        'memory',
        await untraced(page, stepMsMax, () => memoryGrowthOf(page, rounds, use)),
      ),
    accessibility: async (page) => {
      const violations = await accessibilityOf(page)
      session.evidence.record('accessibility', { url: page.url(), violations })
      return violations
    },
    screenshot: (page, name) => picture(session, page, name),
    allow: (page, pattern) => watchOf(page)?.allow(pattern),
    problems: () => contexts.flatMap(({ watch }) => watch.problems),
    close: async (refuted) => {
      const closing = contexts.map(({ context }, index) =>
        endingStep(
          'close',
          closeContext(session, context, refuted ? index + 1 : undefined),
          stepMsMax,
        ),
      )
      await Promise.all(closing)
    },
  }
}

async function openContext(
  running: RunningBrowser,
  { baseUrl, session }: BrowserOptions,
  { as, viewport, colorScheme, allow = [] }: PageOptions,
): Promise<OpenContext> {
  const identity = as?.browser ?? {}
  const context = await running.newContext({
    baseURL: baseUrl,
    viewport: viewport ?? { width: 1_280, height: 800 },
    colorScheme: colorScheme ?? 'light',
    reducedMotion: 'no-preference',
  })
  await context.addCookies(
    (identity.cookies ?? []).map((cookie) => ({ ...cookie, url: baseUrl, httpOnly: true })),
  )
  if (identity.localStorage) await context.addInitScript(fillStorage, identity.localStorage)
  await observeVitals(context)
  // A film would cost two fifths of the processor time of a page; each step has its elements anyway.
  await context.tracing.start({ screenshots: false, snapshots: true })
  const watch = watchPages(context, session.evidence)
  for (const pattern of allow) watch.allow(pattern)
  return { context, watch }
}

declare const localStorage: { setItem(name: string, value: string): void }

/** Runs in the page. */
function fillStorage(entries: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(entries)) localStorage.setItem(name, value)
}

async function untraced<Result>(
  page: Page,
  stepMsMax: number,
  action: () => Promise<Result>,
): Promise<Result> {
  const { tracing } = page.context()
  await endingStep('stopChunk', tracing.stopChunk(), stepMsMax)
  try {
    return await action()
  } finally {
    await endingStep('startChunk', tracing.startChunk(), stepMsMax)
  }
}

async function requireShown(
  session: Session,
  title: string,
  locator: Locator,
  withinMs: number,
): Promise<Locator> {
  try {
    await locator.first().waitFor({ state: 'visible', timeout: withinMs })
    session.evidence.record('shown', { title })
    return locator
  } catch (error) {
    throw new Refutation(title, {
      figure: `not shown within ${withinMs / 1_000} s`,
      target: 'shown',
      counterexample: { url: locator.page().url(), problem: messageOf(error).split('\n')[0] },
    })
  }
}

async function picture(session: Session, page: Page, name: string): Promise<void> {
  await page.screenshot({ path: session.attach(`${name}.png`), fullPage: true })
}

async function closeContext(
  session: Session,
  context: BrowserContext,
  number: number | undefined,
): Promise<void> {
  if (number === undefined) {
    await context.tracing.stop()
  } else {
    for (const [index, page] of context.pages().entries()) {
      await picture(session, page, `refuted-${number}-${index + 1}`)
    }
    await context.tracing.stop({ path: session.attach(`trace-${number}.zip`) })
  }
  await context.close()
}

function record<Facts extends object>(session: Session, kind: string, facts: Facts): Facts {
  session.evidence.record(kind, { facts })
  return facts
}
