import { request, type IncomingMessage } from 'node:http'
import { type Actor, claim, eventually, signToken, type SystemHandle } from 'etalon'
import { addDocument } from '../document.ts'
import { listen, type Listener } from '../listener.ts'
import { openProject } from '../project.ts'
import { atOnce } from '../refusal.ts'

/** Streams that a user may have; what the service is told when it is told nothing. */
const streamsMax = 20
const endsWithinMs = 45_000
const beforeEverything = '0.00000000-0000-0000-0000-000000000000'

claim(
  'JEEX-API-23',
  {
    name: 'listeners',
    title: 'No user takes the places of the others, and who does not read is let go',
    timeoutMs: 120_000,
  },
  async ({ system, prove }) => {
    const owner = await system.actor('owner:listens-much')
    const { id } = await openProject(owner)
    // More than a connection holds that nobody reads.
    const texts = { documents: 30, length: 800_000 }
    const meta_data = { text: 'x'.repeat(texts.length) }
    for (let at = 0; at < texts.documents; at += 1) {
      await addDocument(owner, id, { meta_data }).expect(201)
    }
    const came = await atOnce(2 * streamsMax, () => listen(owner, id))
    const staying = came.filter(({ status }) => status === 200)
    prove('streams of 40 that one user was let have', staying.length).equals(streamsMax)
    const refused = came.find(({ status }) => status !== 200)
    prove('how the others were refused', refused?.status).equals(429)
    prove('when they may come again', String(refused?.headers.get('retry-after'))).matches(/^\d+$/)
    const other = await system.actor('owner:listens-too')
    const elsewhere = await listen(other, (await openProject(other)).id)
    prove('another user meanwhile', elsewhere.status).equals(200)

    // One makes room for who does not read.
    staying.pop()?.leave()
    let unread = await openUnread(owner, id)
    const isUnread = async (): Promise<boolean> => {
      if (unread.statusCode !== 200) unread = await openUnread(owner, id)
      return unread.statusCode === 200
    }
    await eventually(isUnread, endsWithinMs)
    let next: Listener | undefined
    const isLetIn = async (): Promise<boolean> => (next = await listen(owner, id)).status === 200
    const hasPlace = await eventually(isLetIn, endsWithinMs)
    prove('the place of who did not read is free', hasPlace).isTrue()
    await addDocument(owner, id).expect(201)
    const heard = await Promise.all(staying.map((listener) => listener.heard(1)))
    prove('listeners of 19 who read and stayed', heard.filter(Boolean).length).equals(19)
    const read = await bytesOf(unread)
    prove('bytes that were sent and not read', read).isBelow(texts.documents * texts.length)
    for (const listener of [...staying, elsewhere, next]) listener?.leave()
  },
)

/** Listens to all that has happened, and reads nothing of it. */
function openUnread(owner: Actor, projectId: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  request(`${owner.baseUrl}/projects/${projectId}/events`, {
    headers: { ...owner.headers, 'last-event-id': beforeEverything },
  })
    .once('response', resolve)
    .once('error', reject)
    .end()
  return promise
}

/** What there is to read of an answer, until it ends or breaks off. */
async function bytesOf(answer: IncomingMessage): Promise<number> {
  let bytes = 0
  answer.on('data', (some: Buffer) => (bytes += some.length))
  answer.on('error', () => undefined)
  const gone = await eventually(() => answer.closed, endsWithinMs)
  answer.destroy()
  return gone ? bytes : Number.POSITIVE_INFINITY
}

claim(
  'JEEX-API-23',
  {
    name: 'welcome',
    title: 'Who may not listen any more is let go',
    timeoutMs: 60_000,
  },
  async ({ system, sql, prove }) => {
    const closed = await system.actor('owner:closed')
    const expiring = await system.actor('owner:expires')
    const staying = await system.actor('owner:stays')
    const [ofClosed, ofExpiring, ofStaying] = await Promise.all([
      listenAs(closed, closed.headers),
      listenAs(expiring, shortlived(system, expiring)),
      listenAs(staying, staying.headers),
    ])
    const letIn = [ofClosed, ofExpiring, ofStaying].map(({ status }) => status)
    prove('who is let in', letIn).equals([200, 200, 200])
    await sql.run('update users set is_active = false where id = $1', [closed.facts['id']])
    const isOver = await eventually(() => ofClosed.ended, endsWithinMs)
    prove('a closed account is let go', isOver).isTrue()
    const isExpired = await eventually(() => ofExpiring.ended, endsWithinMs)
    prove('an expired token is let go', isExpired).isTrue()
    prove('who may listen stays', ofStaying.ended).equals(false)
    for (const listener of [ofClosed, ofExpiring, ofStaying]) listener.leave()
  },
)

async function listenAs(owner: Actor, headers: Readonly<Record<string, string>>) {
  const { id } = await openProject(owner)
  return listen({ baseUrl: owner.baseUrl, headers }, id)
}

/** His token, as it would be if it were good for a few seconds. */
function shortlived({ services }: SystemHandle, { headers }: Actor): Record<string, string> {
  const [, content = ''] = headers['authorization']?.split('.') ?? []
  const claims = JSON.parse(Buffer.from(content, 'base64url').toString()) as Record<string, string>
  return { authorization: `Bearer ${signToken(claims, services.secret('jwt'), 4)}` }
}
