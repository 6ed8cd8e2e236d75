import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { boundaryGroundOf } from '../../../src/claims/boundary-ground.ts'
import { startEnvironment } from '../../../src/environment/environment.ts'
import { startInstance, type Instance } from '../../../src/environment/instance.ts'
import type { SystemDefinition } from '../../../src/environment/system-definition.ts'
import { createBoundaries, type Boundaries } from '../../../src/instruments/boundaries/index.ts'
import type { Doubt } from '../../../src/kernel/doubt.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'

/** Does what it is asked for: the path is a module's body. Whatever it does is a boundary crossed. */
const program = `import { createServer } from 'node:http'
import { connect } from 'node:net'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { Client } from '${import.meta.resolve('pg')}'
import { createClient } from '${import.meta.resolve('@redis/client')}'
const run = promisify(execFile)
const { PORT, DATABASE_URL, REDIS_URL, OTHER } = process.env
const dial = (port, host) => new Promise((done) => {
  const socket = connect(String(port).startsWith('/') ? { path: port } : { port, host })
  socket.on('connect', () => socket.destroy()).on('error', () => {}).on('close', done)
})
const query = async (text) => {
  const client = new Client({ connectionString: DATABASE_URL })
  await client.connect()
  await client.query(text).finally(() => client.end())
}
const redis = async (...commands) => {
  const client = createClient({ url: REDIS_URL })
  await client.connect()
  // It stays open, as a service's does.
  for (const command of commands) await client.sendCommand(command).catch(() => {})
}
createServer(async (request, response) => {
  const body = decodeURIComponent(request.url.slice(1))
  try {
    if (body) await eval('(async () => {' + body + '})()')
    response.end('ok')
  } catch (error) {
    response.statusCode = 500
    response.end(String(error))
  }
}).listen(Number(PORT), '127.0.0.1')
`

const migration = `import { Client } from '${import.meta.resolve('pg')}'
const client = new Client({ connectionString: process.env.DATABASE_URL })
await client.connect()
await client.query(\`
  create role shop_reader;
  create table item (id int primary key, name text);
  create table secret (id int);
  create sequence number;
  create function total() returns int language sql security definer as 'select count(*)::int from secret';
  revoke execute on function total() from public;
  create function plain() returns int language sql as 'select 1';
  grant select on item to shop_reader;
  grant update (name) on item to shop_reader;
  grant execute on function total() to shop_reader;
\`).finally(() => client.end())
`

/** An instance of two processes, the one with rights in the database and both with a Redis user. */
export interface Shop {
  readonly instance: Instance
  readonly boundaries: Boundaries
  /** The doubts that the instrument has raised, emptied by reading. */
  doubts(): Doubt[]
  /** Lets a process run the body of a function. */
  ask(process: string, body: string): Promise<void>
  stop(): Promise<void>
}

/** Starts it. */
export async function startShop(): Promise<Shop> {
  const directory = mkdtempSync(join(os.tmpdir(), 'etalon-shop-'))
  writeFileSync(join(directory, 'program.mjs'), program)
  writeFileSync(join(directory, 'migrate.mjs'), migration)
  const definition: SystemDefinition = {
    name: 'shop',
    title: 'Shop',
    directory,
    postgres: {
      roles: { reader: ['shop_reader'] },
      template: [
        {
          command: ['node', 'migrate.mjs'],
          env: ({ postgres }) => ({ DATABASE_URL: postgres.url('owner') }),
        },
      ],
    },
    redis: { users: { front: '~item:* &shop.* +@connection +set +get +publish', back: '+ping' } },
    processes: {
      back: {
        command: ['node', 'program.mjs'],
        ready: '/',
        env: ({ port }) => ({ PORT: String(port) }),
      },
      front: {
        command: ['node', 'program.mjs'],
        ready: '/',
        env: ({ port, postgres, redis, urlOf }) => ({
          PORT: String(port),
          DATABASE_URL: postgres.url('reader'),
          REDIS_URL: redis.urlOf('front'),
          OTHER: new URL(urlOf('back')).port,
        }),
      },
    },
  }
  const environment = await startEnvironment({
    systems: [definition],
    logs: directory,
    poolSize: 0,
  })
  const { servers } = environment
  const instance = await startInstance({ definition, servers, logs: directory, name: 'one' })
  const raised: Doubt[] = []
  const session = {
    ...plainSession('boundaries'),
    evidence: {
      record: (kind: string, facts: Readonly<Record<string, unknown>>) => {
        if (kind === 'doubt') raised.push(facts['doubt'] as Doubt)
      },
    },
  }
  const ground = boundaryGroundOf({ system: 'shop', instance, servers, postgres: undefined })
  return {
    instance,
    boundaries: createBoundaries(session, ground),
    doubts: () => raised.splice(0),
    ask: async (process, body) => {
      const url = `${instance.processes.get(process)?.url}/${encodeURIComponent(body)}`
      const answer = await fetch(url)
      const text = await answer.text()
      if (text !== 'ok') throw new Error(text)
    },
    stop: async () => {
      await instance.stop()
      await environment.stop()
      rmSync(directory, { recursive: true })
    },
  }
}
