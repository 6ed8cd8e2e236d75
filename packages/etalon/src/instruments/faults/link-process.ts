// Holds one link: a relay between a system and one of its services, in a process of its own so that
// neither the system nor the claim that drives it shares its event loop.
import { messageOf } from '../../kernel/errors.ts'
import { random } from '../../kernel/random.ts'
import type { ActiveFault, FaultContext, Protocol } from './fault.ts'
import { kindOf } from './kinds/index.ts'
import type { LinkAnswer, LinkCommand, LinkMessage } from './link-message.ts'
import { openRelay, type Relay } from './relay/relay.ts'

const faults = new Map<number, ActiveFault>()
/** Healed, but with something on its way that has to pass them still. */
const healing = new Set<ActiveFault>()
let active: readonly ActiveFault[] = []
let relay: Relay | undefined
let seed = ''
let protocol: Protocol = 'tcp'

process.on('message', (command: LinkCommand) => void obey(command))
process.once('disconnect', () => process.exit())
// A terminal's Ctrl-C is for the owner, who heals first; the link ends with him.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

async function obey(command: LinkCommand): Promise<void> {
  try {
    send({ id: command.id, answer: await answerTo(command) })
  } catch (error) {
    send({ id: command.id, error: messageOf(error) })
  }
}

async function answerTo(command: LinkCommand): Promise<LinkAnswer> {
  switch (command.do) {
    case 'open': {
      seed = command.seed
      protocol = command.protocol
      relay = await openRelay({ ...command, faults: () => active })
      return { port: relay.port }
    }
    case 'inject': {
      const { fault, spec } = command
      const context: FaultContext = {
        random: random(`${seed}/fault/${fault}`),
        protocol,
        connectionsBefore: relay?.traffic.connections ?? 0,
        tell: (event) => send({ fault, event }),
      }
      faults.set(fault, kindOf(spec)(spec, context))
      listActive()
      return {}
    }
    case 'touch': {
      const touch = faults.get(command.fault)?.touch
      return touch ? { touch } : {}
    }
    case 'heal': {
      const healed = faults.get(command.fault)
      faults.delete(command.fault)
      healed?.heal()
      if (healed?.unsettled?.()) healing.add(healed)
      listActive()
      return healed ? { touch: healed.touch } : {}
    }
    case 'cut-all':
      return { cut: relay?.cutAll(command.reset) ?? 0 }
    case 'traffic':
      return relay ? { traffic: relay.traffic } : {}
  }
}

function listActive(): void {
  for (const fault of healing) if (!fault.unsettled?.()) healing.delete(fault)
  active = [...faults.values(), ...healing]
}

function send(message: LinkMessage): void {
  process.send?.(message)
}
