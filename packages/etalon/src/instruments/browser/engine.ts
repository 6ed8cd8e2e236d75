import type { Browser as RunningBrowser } from 'playwright-core'

/** Which browser to run, and what it needs in its environment. */
export interface BrowserProgram {
  readonly program: string
  readonly env: Readonly<Record<string, string>>
}

/** A browser that starts when it is first needed and is shared by those who ask for it. */
export interface BrowserEngine {
  start(): Promise<RunningBrowser>
  stop(): Promise<void>
}

/** A headless Chrome or Chromium; nothing is looked for or started before the first page. */
export function createBrowserEngine(find: () => BrowserProgram): BrowserEngine {
  let running: Promise<RunningBrowser> | undefined
  return {
    start: () => (running ??= launch(find())),
    stop: async () => {
      await (await running)?.close()
      running = undefined
    },
  }
}

async function launch({ program, env }: BrowserProgram): Promise<RunningBrowser> {
  // Loaded by those who open a page: it takes as long as all the rest of a claim process.
  const { chromium } = await import('playwright-core')
  // Chromium's sandbox cannot be used by root; the pages are the system's own, from loopback.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({
    executablePath: program,
    args: [...sandbox, '--disable-quic', '--disable-background-networking'],
    env: { ...process.env, ...env },
  })
}
