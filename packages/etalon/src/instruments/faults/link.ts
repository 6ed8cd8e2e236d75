import { fork } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FaultSpec, FaultTouch, Protocol } from './fault.ts'
import type { LinkAnswer, LinkCommand, LinkMessage } from './link-message.ts'
import type { RelayTraffic } from './relay/relay.ts'

/** A relay between a system and one of its services, into which faults can be injected. */
export interface Link {
  /** Where the system connects instead of to the service. */
  readonly port: number
  inject(spec: FaultSpec): Promise<InjectedFault>
  /** Cuts every connection that is open now; gives how many there were. */
  cutAll(options?: { readonly reset?: boolean }): Promise<number>
  traffic(): Promise<Readonly<RelayTraffic>>
  close(): Promise<void>
}

/** A fault at work. */
export interface InjectedFault {
  readonly spec: FaultSpec
  /** Resolves once so many messages have been held since the fault was injected. */
  held(options?: HeldOptions): Promise<void>
  /** What it has touched so far. */
  touch(): Promise<FaultTouch>
  /** Ends the fault; gives what it touched. Healing twice is healing once. */
  heal(): Promise<FaultTouch>
}

export interface HeldOptions {
  /** How many messages, each on a connection of its own; 1 unless given. */
  readonly count?: number
  readonly signal?: AbortSignal
}

export interface LinkOptions {
  readonly host: string
  readonly port: number
  readonly protocol: Protocol
  readonly seed: string
  /** Where it listens on 127.0.0.1; a free port unless given. */
  readonly listenPort?: number
}

const linkProcess = fileURLToPath(new URL('link-process.ts', import.meta.url))

const hasEnded = 'the process of the link has ended'
const noTraffic: RelayTraffic = { connections: 0, open: 0, bytesUp: 0, bytesDown: 0 }
const untouched: FaultTouch = { connections: 0, messages: 0, bytes: 0 }

/** Opens a link in a process of its own. */
export async function openLink(options: LinkOptions): Promise<Link> {
  const child = fork(linkProcess, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const answers = new Map<number, (message: LinkMessage) => void>()
  const events = new EventEmitter()
  let lastId = 0
  let lastFault = 0

  child.on('message', (message: LinkMessage) => {
    if ('event' in message) events.emit(`${message.fault}/${message.event}`)
    else answers.get(message.id)?.(message)
  })
  child.once('exit', () => {
    for (const [id, answer] of answers) answer({ id, error: hasEnded })
  })
  const ask = (command: WithoutId<LinkCommand>): Promise<LinkAnswer> =>
    new Promise((resolve, reject) => {
      lastId += 1
      const id = lastId
      answers.set(id, (message) => {
        answers.delete(id)
        if ('answer' in message) resolve(message.answer)
        else reject(new Error('error' in message ? message.error : 'no answer'))
      })
      child.send({ ...command, id }, (error) => {
        if (error) answers.get(id)?.({ id, error: hasEnded })
      })
    })

  const { host, port: servicePort, protocol, seed, listenPort = 0 } = options
  const open = { host, port: servicePort, protocol, seed, listenPort }
  const { port = 0 } = await ask({ do: 'open', ...open }).catch((error: unknown) => {
    child.disconnect()
    throw error
  })
  return {
    port,
    inject: async (spec) => {
      lastFault += 1
      const fault = lastFault
      const held = { messages: 0 }
      events.on(`${fault}/held`, () => {
        held.messages += 1
      })
      await ask({ do: 'inject', fault, spec })
      let healed: Promise<LinkAnswer> | undefined
      return {
        spec,
        held: async ({ count = 1, signal } = {}) => {
          while (held.messages < count) {
            await once(events, `${fault}/held`, signal ? { signal } : {})
          }
        },
        touch: async () => (await (healed ?? ask({ do: 'touch', fault }))).touch ?? untouched,
        heal: async () => {
          healed ??= ask({ do: 'heal', fault })
          return (await healed).touch ?? untouched
        },
      }
    },
    cutAll: async ({ reset = false } = {}) => (await ask({ do: 'cut-all', reset })).cut ?? 0,
    traffic: async () => (await ask({ do: 'traffic' })).traffic ?? noTraffic,
    close: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

type WithoutId<Command> = Command extends { readonly id: number } ? Omit<Command, 'id'> : never
