import { claim, eventually, type Sql } from 'etalon'

const universes = 'tickstock.universe.updated'
const synchronizations = 'tickstock.cache.sync_complete'
const hearingMsMax = 5_000

type Positions = Record<string, number>

interface Told {
  readonly channel: string
  readonly seq: number
}

type Frame =
  | { readonly type: 'notice'; readonly notice: Told }
  | { readonly type: 'hello' | 'live'; readonly positions: Positions }

/** What a page of somebody's browser does: has a socket open and hears. */
class Page {
  readonly heard: Told[] = []
  positions: Positions = {}
  state: 'waiting' | 'live' | 'closed' = 'waiting'
  readonly #socket: WebSocket

  constructor(url: string, headers: Record<string, string>, resume: Positions = {}) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers })
    this.#socket.addEventListener('open', () => this.#socket.send(JSON.stringify({ resume })))
    this.#socket.addEventListener('close', () => {
      this.state = 'closed'
    })
    this.#socket.addEventListener('message', ({ data }) => {
      const frame = JSON.parse(String(data)) as Frame
      if (frame.type === 'notice') {
        const { channel, seq } = frame.notice
        this.heard.push({ channel, seq })
        this.positions[channel] = seq
      } else {
        this.positions = frame.positions
        if (frame.type === 'live') this.state = 'live'
      }
    })
  }

  isSettled(): Promise<boolean> {
    return eventually(() => this.state !== 'waiting', hearingMsMax)
  }

  hears(count: number): Promise<boolean> {
    return eventually(() => this.heard.length >= count, hearingMsMax)
  }

  close(): Promise<boolean> {
    this.#socket.close()
    return eventually(() => this.state === 'closed', hearingMsMax)
  }

  /** The numbers of a channel, in the order in which they came. */
  seqs(channel: string): string {
    return this.heard
      .filter((told) => told.channel === channel)
      .map(({ seq }) => seq)
      .join()
  }
}

/** Tells one change of a universe and one synchronization, as the producer does. */
async function tell(producer: Sql): Promise<void> {
  await producer.run(
    `select publish_message('${universes}', 'universe_updated',
       '{"universe": "etf_bonds", "change_count": 0, "actions": []}'),
     publish_message('${synchronizations}', 'sync_complete', jsonb_build_object(
       'run_id', gen_random_uuid(), 'trading_day', '2026-01-02', 'status', 'completed',
       'total_changes', 0, 'task_summary', '{}'::jsonb, 'changes_by_type', '{}'::jsonb,
       'within_window', true))`,
  )
}

/** The numbers after one of them, `count` of them. */
const following = (last: number, count: number): string =>
  Array.from({ length: count }, (_, place) => last + place + 1).join()

claim('TICK-API-02', async ({ system, prove }) => {
  const producer = system.sqlAs('producer')
  const viewer = await system.actor('viewer:push')
  const page = new Page(system.url, { ...viewer.headers })
  const other = new Page(system.url, { ...(await system.actor('operator:push')).headers })
  await Promise.all([page.isSettled(), other.isSettled()])
  prove('both pages are live', `${page.state} ${other.state}`).equals('live live')
  const before = { ...page.positions }
  for (let times = 0; times < 3; times += 1) await tell(producer)
  await Promise.all([page.hears(6), other.hears(6)])
  for (const channel of [universes, synchronizations]) {
    const expected = following(before[channel] ?? 0, 3)
    prove(`one page hears ${channel}`, page.seqs(channel)).equals(expected)
    prove(`the other hears ${channel}`, other.seqs(channel)).equals(expected)
  }

  const left = { ...page.positions }
  await page.close()
  for (let times = 0; times < 3; times += 1) await tell(producer)
  prove('who stayed has heard what is told meanwhile', await other.hears(12)).isTrue()
  const again = new Page(system.url, { ...viewer.headers }, left)
  await again.isSettled()
  await tell(producer)
  await again.hears(8)
  for (const channel of [universes, synchronizations]) {
    const expected = following(left[channel] ?? 0, 4)
    prove(`after coming back it has missed nothing of ${channel}`, again.seqs(channel)).equals(
      expected,
    )
  }
  await Promise.all([again.close(), other.close()])
})

claim('TICK-API-02', { name: 'strangers' }, async ({ system, prove }) => {
  const viewer = await system.actor('viewer:push')
  const cookies = viewer.browser?.cookies ?? []
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const stateFor = async (headers: Record<string, string>): Promise<string> => {
    const page = new Page(system.url, headers)
    await page.isSettled()
    const { state } = page
    await page.close()
    return state
  }
  prove('a page of this origin', await stateFor({ cookie, origin: system.url })).equals('live')
  const foreign = await stateFor({ cookie, origin: 'http://elsewhere.example' })
  prove('a page of another origin, with the session', foreign).equals('closed')
  prove('a page that does not say its origin', await stateFor({ cookie })).equals('closed')
  prove('nobody who is signed in', await stateFor({ origin: system.url })).equals('closed')
  await viewer.delete('/auth/session').expect(204)
  const left = await stateFor({ cookie, origin: system.url })
  prove('who has signed out', left).equals('closed')
})
