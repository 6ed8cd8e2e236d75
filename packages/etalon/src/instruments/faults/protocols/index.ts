import type { Protocol } from '../fault.ts'
import type { Framer } from './framer.ts'
import { postgresFramer } from './postgres.ts'
import { redisFramer } from './redis.ts'

export { failingOf } from './failing.ts'
export type { Framer } from './framer.ts'

/** A framer for one connection; `undefined` for bytes without messages. */
export function framerOf(protocol: Protocol): Framer | undefined {
  if (protocol === 'postgres') return postgresFramer()
  return protocol === 'redis' ? redisFramer() : undefined
}
