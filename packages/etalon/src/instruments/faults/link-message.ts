import type { FaultSpec, FaultTouch, Protocol } from './fault.ts'
import type { RelayTraffic } from './relay/relay.ts'

/** From the owner of a link to its process. */
export type LinkCommand =
  | {
      readonly id: number
      readonly do: 'open'
      readonly host: string
      readonly port: number
      readonly protocol: Protocol
      readonly seed: string
      readonly listenPort: number
    }
  | { readonly id: number; readonly do: 'inject'; readonly fault: number; readonly spec: FaultSpec }
  | { readonly id: number; readonly do: 'touch' | 'heal'; readonly fault: number }
  | { readonly id: number; readonly do: 'cut-all'; readonly reset: boolean }
  | { readonly id: number; readonly do: 'traffic' }

/** From a link's process to its owner. */
export type LinkMessage =
  | { readonly id: number; readonly answer: LinkAnswer }
  | { readonly id: number; readonly error: string }
  | { readonly fault: number; readonly event: string }

export interface LinkAnswer {
  readonly port?: number
  readonly touch?: FaultTouch
  readonly cut?: number
  readonly traffic?: Readonly<RelayTraffic>
}
