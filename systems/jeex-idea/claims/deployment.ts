import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { SystemHandle } from 'etalon'

/** What the steps of the README mean on the machine of a claim. */
export interface Place {
  /** The server, as somebody who sets it up reaches it. */
  readonly adminUrl: string
  readonly redisUrl: string
  readonly port: number
  readonly directory: string
}

/** Run `-c` statements and fetches as the commands of these names would; neither is everywhere. */
const standIns = String.raw`
psql() { node --input-type=module --eval '
import pg from "pg"
const [url, statements] = [process.argv.at(-1), process.argv.slice(1, -1).filter((one) => one !== "-c")]
const client = new pg.Client({ connectionString: url })
await client.connect()
for (const one of statements) await client.query(one)
await client.end()' -- "$@"; }
curl() { node --eval '
fetch(process.argv.at(-1)).then(async (answer) => {
  console.log(answer.status, await answer.text())
  process.exitCode = answer.ok ? 0 : 22
}, () => { process.exitCode = 7 })' -- "$@"; }
`

/** The commands of the README's section on running the service, one a line, without remarks. */
export async function deploymentSteps(system: SystemHandle): Promise<string[]> {
  const { stdout: readme } = await system.run(['cat', 'README.md'])
  const section = readme.split('## Run it alone')[1]?.split('\n### ')[0] ?? ''
  const blocks = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, text = '']) => text)
  return blocks
    .join('\n')
    .replaceAll('\\\n', '')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '')
}

/** Does the steps in order, in a shell; the service runs until the last one is done. */
export async function deploy(
  system: SystemHandle,
  steps: readonly string[],
  place: Place,
): Promise<{ readonly code: number; readonly done: readonly string[]; readonly text: string }> {
  const script = ['set -e', standIns, ...steps.flatMap((step) => asRun(step, place))].join('\n')
  const { code, stdout, stderr } = await system.run(['bash', '-c', script], () => ({
    SETUP_DATABASE_URL: place.adminUrl,
    PORT: String(place.port),
    OPERATOR_EMAIL: 'operator@example.org',
    OPERATOR_PASSWORD: system.services.secret('deployment'),
    LOG_LEVEL: 'warn',
    EXPORT_DIR: `${place.directory}/deployed/exports`,
    BACKUP_DIR: `${place.directory}/deployed/backups`,
    SERVICE_URL: `http://127.0.0.1:${place.port}`,
    PASSWORD_OF_ROLES: system.services.secret('roles'),
    JWT_KEY: system.services.secret('deployed-jwt'),
  }))
  const done = [...stdout.matchAll(/^done: (.*)$/gm)].map(([, step = '']) => step)
  return { code, done, text: `${stdout}\n${stderr}` }
}

/** A port of the loopback address that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A step on this machine: its addresses are others, and the service must not keep the shell. */
function asRun(step: string, { adminUrl, redisUrl, port }: Place): string[] {
  const { host } = new URL(adminUrl)
  const here = step
    .replaceAll('127.0.0.1:5220', host)
    .replaceAll('127.0.0.1:5230/spare', `${host}/jeex`)
    .replaceAll('127.0.0.1:5210', `127.0.0.1:${port}`)
    .replace('redis://127.0.0.1', redisUrl)
    .replace('PGPASSWORD=...', 'PGPASSWORD="$PASSWORD_OF_ROLES"')
    .replace('JWT_SECRET=...', 'JWT_SECRET="$JWT_KEY"')
  const done = `echo 'done: ${step.replaceAll("'", `'\\''`)}'`
  if (here !== 'node src/main.ts') return [here, done]
  const isUp = `curl http://127.0.0.1:${port}/health > /dev/null 2>&1`
  return [
    `${here} &`,
    'service=$!',
    `trap 'kill $service 2> /dev/null' EXIT`,
    `until ${isUp}; do kill -0 $service; sleep 0.1; done`,
    done,
  ]
}
