import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { claim, environment, eventually, type ClaimContext } from 'etalon'
import { plain, setScene } from '../scene.ts'
import type { Refused } from '../character-state.ts'

const failing = 40
const words = 'words that nobody else should read'

interface Envelope {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

interface Receiver {
  readonly port: number
  readonly got: readonly Envelope[]
  close(): Promise<void>
}

claim('CHAR-OPS-02', { name: 'failures' }, async (context) => {
  const receiver = await openReceiver()
  try {
    await proveReported(context, receiver)
  } finally {
    await receiver.close()
  }
})

async function proveReported(
  { system, sql, prove }: ClaimContext,
  receiver: Receiver,
): Promise<void> {
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const dsn = `http://public@127.0.0.1:${receiver.port}/7`
  const watched = await system.revision(environment({ SENTRY_DSN: dsn }))
  const caller = watched.anonymous.as('owner', owner.headers)
  await caller.get('/api/v1/characters/00000000-0000-7000-8000-000000000000').expect(404)
  await sql.run(
    `create function refuse_character() returns trigger language plpgsql as
       $$ begin raise exception 'no place for %', new.name; end $$;
     create trigger refused before insert on characters
       for each row execute function refuse_character()`,
  )
  const body = {
    ecosystem_id: ecosystem,
    name: words,
    description: words,
    personality_traits: plain,
  }
  const ask = () => caller.post<Refused>('/api/v1/characters', body)
  const first = await ask()
  const requestId = (first.body.error as { requestId?: string } | undefined)?.requestId
  const isReported = await eventually(() => Promise.resolve(receiver.got.length > 0), 10_000)
  prove('a failure is reported', isReported).isTrue()
  // The receiver answers nobody yet: whoever waited for it would wait now.
  const others = await Promise.all(Array.from({ length: failing }, ask))
  prove(
    'answers while it does not answer',
    others.map(({ status }) => status),
  ).equals(others.map(() => 500))
  await sql.run('drop trigger refused on characters; drop function refuse_character')
  prove('a character that is made then', (await ask()).status).equals(201)

  const [envelope] = receiver.got
  const [, item, event] = (envelope?.text ?? '').split('\n').map((line) => JSON.parse(line))
  prove('where it is reported', [envelope?.path, item]).equals([
    '/api/7/envelope/',
    { type: 'event' },
  ])
  prove('by which key', envelope?.headers['x-sentry-auth']).matches(/sentry_key=public\b/)
  prove('what is said of it', event).holds({
    level: 'error',
    transaction: 'POST /api/v1/characters',
    tags: { request_id: requestId, status: '500' },
  })
  const account = [owner.facts['id'], owner.facts['email'], owner.headers['authorization']]
  const personal = [...account, ecosystem, words].map(String)
  const everything = JSON.stringify([envelope?.headers, envelope?.text])
  prove(
    'what is said of who sent what',
    personal.filter((part) => everything.includes(part)),
  ).isEmpty()
}

/** Takes envelopes, and leaves who sends them without an answer. */
async function openReceiver(): Promise<Receiver> {
  const got: Envelope[] = []
  const server = createServer((request) => {
    const { url: path = '', headers } = request
    void text(request).then((all) => got.push({ path, headers, text: all }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    got,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
