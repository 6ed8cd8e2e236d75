import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verify } from '../src/claims/run.ts'
import type { RunOptions, RunWatcher } from '../src/claims/run-options.ts'
import type { RunRecord } from '../src/evidence/run-record.ts'

const root = new URL('../../../', import.meta.url).pathname

/** A small system on disk for one test: a server that answers, and the claims the test is about. */
export interface ScratchSystem {
  readonly directory: string
  write(file: string, content: string): void
  verify(options?: Partial<RunOptions>, watcher?: Partial<RunWatcher>): Promise<RunRecord>
  remove(): void
}

const server = `import { createServer } from 'node:http'
createServer((request, response) => {
  if (request.url === '/crash') process.exit(9)
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ greeting: 'hello' }))
}).listen(Number(process.env.PORT), '127.0.0.1')
`

const config = `import { defineSystem } from 'etalon'
export default defineSystem({
  name: 'scratch',
  title: 'Scratch',
  processes: {
    api: { command: ['node', 'server.js'], ready: '/', env: ({ port }) => ({ PORT: String(port) }) },
  },
})
`

/** Makes a system inside the checkout, where \`etalon\` can be imported. */
export function scratchSystem(files: Readonly<Record<string, string>> = {}): ScratchSystem {
  mkdirSync(join(root, '.etalon'), { recursive: true })
  const directory = mkdtempSync(join(root, '.etalon', 'scratch-'))
  const write = (file: string, content: string): void => {
    mkdirSync(join(directory, file, '..'), { recursive: true })
    writeFileSync(join(directory, file), content)
  }
  const defaults = { 'server.js': server, 'etalon.config.ts': config }
  for (const [file, content] of Object.entries({ ...defaults, ...files })) write(file, content)
  return {
    directory,
    write,
    verify: (options = {}, watcher = {}) =>
      verify(
        {
          directory,
          systems: [],
          only: [],
          defects: false,
          command: 'etalon verify',
          version: '0.0.0',
          signal: new AbortController().signal,
          ...options,
        },
        {
          prepared: () => {},
          step: () => {},
          started: () => {},
          judged: () => {},
          recorded: () => {},
          ...watcher,
        },
      ),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** A requirements document with these ids. */
export function requirementsOf(...ids: readonly string[]): string {
  const rows = ids.map((id) => `| ${id} | must | The system does ${id} |`).join('\n')
  return `# Scratch\n\n| id | tier | requirement |\n|---|---|---|\n${rows}\n`
}
