import { type Actor, eventually } from 'etalon'

/** A server-sent event as it came. */
export interface SentEvent {
  readonly id: string
  readonly event: string
  readonly data: EventData
}

interface EventData {
  readonly action: string
  readonly entity: string
  readonly entity_id: string
  readonly after: unknown
  readonly correlation_id: string | null
}

/** Somebody who listens to a project. */
export interface Listener {
  readonly status: number
  readonly headers: Headers
  readonly events: readonly SentEvent[]
  /** Whether the service has ended it. */
  readonly ended: boolean
  /** Waits for so many events; false when they did not come in time. */
  heard(count: number, timeoutMs?: number): Promise<boolean>
  /** Goes away without a word, as a lost connection does. */
  leave(): void
}

const comesWithinMs = 15_000

/**
 * Listens to a project, from an event on or from now; comes back once it has begun. That the project
 * was created is left out: who comes right after it may hear of it or not.
 */
export async function listen(
  owner: Pick<Actor, 'baseUrl' | 'headers'>,
  projectId: string,
  lastEventId?: string,
): Promise<Listener> {
  const leaving = new AbortController()
  const answer = await fetch(`${owner.baseUrl}/projects/${projectId}/events`, {
    headers: {
      ...owner.headers,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: leaving.signal,
  })
  const events: SentEvent[] = []
  let isOpen = false
  const read = async (): Promise<void> => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const bytes of answer.body ?? []) {
      const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      isOpen = true
      const sent = blocks.filter((block) => !block.startsWith(':')).map(parse)
      events.push(...sent.filter(({ event }) => event !== 'project.create'))
    }
  }
  let hasEnded = false
  read()
    .catch(() => undefined)
    .finally(() => (hasEnded = true))
  await eventually(() => isOpen || answer.status !== 200, comesWithinMs)
  return {
    status: answer.status,
    headers: answer.headers,
    events,
    get ended() {
      return hasEnded
    },
    heard: (count, timeoutMs = comesWithinMs) =>
      eventually(() => events.length >= count, timeoutMs),
    leave: () => leaving.abort(),
  }
}

function parse(block: string): SentEvent {
  const fields = block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string])
  const { id = '', event = '', data = '{}' } = Object.fromEntries(fields)
  return { id, event, data: JSON.parse(data) as EventData }
}
