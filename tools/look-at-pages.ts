/**
 * Takes a picture of every page of a system: phone, tablet and desktop, light and dark, with data,
 * empty, loading and failed; lists what does not fit the screen and what axe-core finds.
 *
 *   node tools/look-at-pages.ts lfa-licenses [--log FILE] [--only NAME] [--state STATE]
 *
 * Starts the system with its demo data, unless `--log` names what a running `etalon up --json` printed.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type BrowserContext, type Locator, type Page, type Route } from 'playwright-core'
import { findBrowserBinary } from '../packages/etalon/src/environment/browser-binary.ts'
import { accessibilityOf } from '../packages/etalon/src/instruments/browser/accessibility.ts'

interface PageToLookAt {
  readonly name: string
  /** `{name}` in it stands for the first thing of the list of that name in `found`. */
  readonly path: string
  /** Who looks at it; nobody who is signed in when null. */
  readonly who: string | null
  /** Buttons and links to press, one after the other, once the page is there. */
  readonly press?: string | readonly string[]
  /** All but offline unless given; only with data where something is pressed. */
  readonly states?: readonly State[]
  /** A path that is answered in every state, because nothing else would show without it. */
  readonly answered?: string
}

interface SignIn {
  readonly email: string
  readonly password: string
}

interface Running {
  readonly url: string
  readonly signIns: readonly SignIn[]
}

const widths = [390, 820, 1_280] as const
const schemes = ['light', 'dark'] as const
const usualStates = ['data', 'empty', 'loading', 'failed'] as const

type State = (typeof usualStates)[number] | 'offline'

const cookies = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>()

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { log: { type: 'string' }, only: { type: 'string' }, state: { type: 'string' } },
})
const system = positionals[0]
if (system === undefined) {
  console.error(
    'usage: node tools/look-at-pages.ts SYSTEM [--log FILE] [--only NAME] [--state STATE]',
  )
  process.exit(3)
}
const {
  api,
  pages,
  people,
  emptyAnswers,
  found = {},
} = (await import(new URL(`../systems/${system}/web/look.ts`, import.meta.url).href)) as {
  /** What the paths of the service begin with. */
  api: string
  pages: readonly PageToLookAt[]
  /** Their e-mails in the demo. */
  people: Readonly<Record<string, string>>
  emptyAnswers: Readonly<Record<string, unknown>>
  /** Lists in which ids are found that paths need. */
  found?: Readonly<Record<string, string>>
}
const folder = join('.etalon', 'look', system)
mkdirSync(folder, { recursive: true })

const started = values.log === undefined ? spawn('etalon', ['up', '--json', system]) : undefined
const running = readPrinted(
  started ? await untilReady(started) : readFileSync(values.log ?? '', 'utf8'),
)
const binary = findBrowserBinary()
const browser = await chromium.launch({
  executablePath: binary.program,
  env: { ...process.env, ...binary.env },
  // Chromium's sandbox cannot be used by root.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
let problems = 0
try {
  for (const page of pages.filter(({ name }) => name.includes(values.only ?? ''))) {
    for (const scheme of schemes) problems += await lookAt(page, scheme)
  }
} finally {
  await browser.close()
  started?.kill('SIGINT')
}
console.log(`${folder}: ${problems} problems`)
process.exitCode = problems === 0 ? 0 : 1

/** Waits until `etalon up` has printed its line. */
function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed.endsWith('\n')) resolve(printed)
    })
    child.stderr?.pipe(process.stderr)
    child.once('exit', () => reject(new Error(`etalon up ended:\n${printed}`)))
  })
}

function readPrinted(printed: string): Running {
  const { addresses, demo } = JSON.parse(printed) as {
    addresses: Readonly<Record<string, string>>
    demo: readonly SignIn[]
  }
  const [url = ''] = Object.values(addresses)
  return { url, signIns: demo }
}

async function lookAt(page: PageToLookAt, scheme: 'light' | 'dark'): Promise<number> {
  let problems = 0
  const context = await browser.newContext({ baseURL: running.url, colorScheme: scheme })
  await signIn(context, page.who)
  const ids = await idsFor(context)
  const states = page.states ?? (page.press === undefined ? usualStates : ['data'])
  for (const state of states) {
    if (values.state !== undefined && state !== values.state) continue
    for (const width of widths) {
      problems += await picture(context, page, { scheme, state, width, ids })
    }
  }
  await context.close()
  return problems
}

/** The first of each list of `found`, for who is signed in. */
async function idsFor(context: BrowserContext): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>()
  for (const [name, path] of Object.entries(found)) {
    const answer = await context.request.get(api + path)
    if (!answer.ok()) continue
    const { items } = (await answer.json()) as { readonly items: readonly { id: string }[] }
    ids.set(name, items[0]?.id ?? '')
  }
  return ids
}

function filled(path: string, ids: ReadonlyMap<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids.get(name) ?? '')
}

/** As somebody signs in; the session is kept for the other pages. */
async function signIn(context: BrowserContext, who: string | null): Promise<void> {
  if (who === null) return
  const known = cookies.get(who)
  if (known) return context.addCookies(known)
  const account = running.signIns.find((one) => one.email === people[who])
  if (!account) throw new Error(`Nobody of the demo is ${who}`)
  const { email, password } = account
  const answer = await context.request.post(`${api}/auth/session`, { data: { email, password } })
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${await answer.text()}`)
  cookies.set(who, await context.cookies())
}

interface View {
  readonly scheme: 'light' | 'dark'
  readonly state: State
  readonly width: number
  readonly ids: ReadonlyMap<string, string>
}

async function picture(context: BrowserContext, of: PageToLookAt, view: View): Promise<number> {
  const { scheme, state, width, ids } = view
  const page = await context.newPage()
  await page.setViewportSize({ width, height: width < 600 ? 844 : 800 })
  await page.route('**', (route) => answerAs(view, of, route))
  await page.goto(filled(of.path, ids))
  await settled(page, state)
  for (const name of [of.press ?? []].flat()) {
    const named = (role: 'button' | 'link' | 'radio'): Locator => page.getByRole(role, { name })
    await named('button').or(named('link')).or(named('radio')).first().click()
    await settled(page, state)
  }
  if (state === 'offline') {
    await context.setOffline(true)
    await page.locator('.banner').first().waitFor()
  }
  // A dialog covers what can be seen of the page, not all of it.
  const fullPage = (await page.locator('dialog[open]').count()) === 0
  const name = `${of.name}-${state}-${width}-${scheme}`
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage })
  const complaints = await complaintsAbout(page, width)
  for (const complaint of complaints) console.log(`${name}: ${complaint}`)
  await context.setOffline(false)
  await page.close()
  return complaints.length
}

/** Nothing is left to be loaded, or what is loading shows. */
async function settled(page: Page, state: State): Promise<void> {
  if (state === 'loading') {
    await page.locator('h1, .skeleton').first().waitFor()
    await page.waitForLoadState('load')
  } else {
    await page.waitForLoadState('networkidle')
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
    // Where nothing answers, a query has tried once more before it says so.
    if (state === 'failed') await page.locator('.banner, .empty, .figure, form').first().waitFor()
  }
}

async function answerAs(
  { state, ids }: View,
  { answered }: PageToLookAt,
  route: Route,
): Promise<void> {
  const request = route.request()
  const path = new URL(request.url()).pathname.slice(api.length)
  const isPartOfPage = request.resourceType() !== 'fetch' || path.startsWith('/auth/')
  const isAnswered = answered !== undefined && path === filled(answered, ids)
  if (state === 'data' || state === 'offline' || isPartOfPage || isAnswered) return route.continue()
  if (state === 'loading') return
  if (state === 'failed') {
    const error = {
      code: 'UNAVAILABLE',
      message: 'A part this service needs is not available right now',
      hint: 'Try again shortly',
      requestId: 'b7c1f0de-0000-4000-8000-000000000000',
    }
    return route.fulfill({ status: 503, json: { error } })
  }
  const known = Object.entries(emptyAnswers).find(([of]) => path === filled(of, ids))
  if (known) return route.fulfill({ json: known[1] })
  const answer = await route.fetch()
  const content: unknown = await answer.json().catch(() => null)
  return route.fulfill({ response: answer, json: emptied(content) })
}

/** The same answer with nothing in its lists. */
function emptied(content: unknown): unknown {
  if (Array.isArray(content)) return []
  if (typeof content !== 'object' || content === null || !('items' in content)) return content
  return { ...content, items: [], total: 0 }
}

async function complaintsAbout(page: Page, width: number): Promise<string[]> {
  const needed = await page.evaluate(() => document.documentElement.scrollWidth)
  const wide = needed > width ? [`needs ${needed} px of ${width}`] : []
  const violations = await accessibilityOf(page)
  return [...wide, ...violations.map((violation) => JSON.stringify(violation))]
}

declare const document: { readonly documentElement: { readonly scrollWidth: number } }
