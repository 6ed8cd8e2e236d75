import { Agent } from 'undici'
import { until } from '../../kernel/clock.ts'
import { openWireClient, type Ending } from './wire-client.ts'

/** One client, whose words the claim says and hears itself. What does not come is undefined. */
export interface Conversation {
  /** Whether it is connected now. */
  readonly isOpen: boolean
  /** The next message as JSON, first come first taken; undefined when none comes in time. */
  next<Message>(): Promise<Message | undefined>
  /** Says a text as it is, anything else as JSON. */
  say(message: unknown): void
  /** Waits for the end, and says how it was; undefined when it goes on. */
  ended(): Promise<Ending | undefined>
  /** Reads nothing any more, not even pings, until {@link read}. */
  stopReading(): void
  read(): void
  /** Is gone at once and without goodbye. */
  cut(): void
  /** Says goodbye. */
  close(): void
}

/** Options of a conversation. */
export interface ConversationOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** How long a message or an end is waited for; 10 s unless given. */
  readonly patienceMs?: number
}

/** How long the answer to a handshake is waited for. */
const handshakeMsMax = 30_000

/** Connects one client; done when it is open, was refused, or nobody answered. */
export async function openConversation(
  url: string,
  { headers = {}, patienceMs = 10_000 }: ConversationOptions,
  signal: AbortSignal,
): Promise<Conversation> {
  const agent = new Agent()
  const heard: string[] = []
  let ending: Ending | undefined
  let hasOpened = false
  const client = openWireClient({
    url,
    headers,
    agent,
    onOpen: () => {
      hasOpened = true
    },
    onText: (text) => heard.push(text),
    onEnd: (ended) => {
      ending = ended
      signal.removeEventListener('abort', onAbort)
      void agent.destroy()
    },
  })
  const onAbort = (): void => client.cut()
  signal.addEventListener('abort', onAbort)
  const wait = <Found>(
    look: () => Found | undefined,
    timeoutMs = patienceMs,
  ): Promise<Found | undefined> => until(look, { timeoutMs, everyMs: 2, signal })
  await wait(() => (hasOpened || ending ? true : undefined), handshakeMsMax)
  return {
    get isOpen() {
      return hasOpened && ending === undefined
    },
    next: async <Message>() => {
      await wait(() => (heard.length > 0 || ending ? true : undefined))
      const text = heard.shift()
      return text === undefined ? undefined : (JSON.parse(text) as Message)
    },
    say: (message) => client.say(typeof message === 'string' ? message : JSON.stringify(message)),
    ended: () => wait(() => ending),
    stopReading: () => client.stopReading(),
    read: () => client.read(),
    cut: () => client.cut(),
    close: () => client.close(),
  }
}
