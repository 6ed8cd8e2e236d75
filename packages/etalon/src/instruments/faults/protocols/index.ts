import type { Framer, Protocol } from './framer.ts'
import { postgresFramer } from './postgres.ts'

export type { Framer, Protocol } from './framer.ts'

/** A framer for one connection; `undefined` for bytes without messages. */
export function framerOf(protocol: Protocol): Framer | undefined {
  return protocol === 'postgres' ? postgresFramer() : undefined
}
