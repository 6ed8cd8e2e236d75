import type { Protocol } from '../fault.ts'
import type { Failing } from './failing.ts'
import type { Framer } from './framer.ts'
import { postgresFailing } from './postgres-failing.ts'
import { postgresFramer } from './postgres.ts'
import { redisFailing } from './redis-failing.ts'
import { redisFramer } from './redis.ts'
import { unlessTls } from './tls.ts'

export type { Framer } from './framer.ts'

/** A framer for one connection; `undefined` for bytes without messages. */
export function framerOf(protocol: Protocol): Framer | undefined {
  if (protocol === 'postgres') return unlessTls(postgresFramer())
  return protocol === 'redis' ? unlessTls(redisFramer()) : undefined
}

/** How requests are made to fail. @throws RangeError for a protocol without messages */
export function failingOf(protocol: Protocol): Failing {
  if (protocol === 'postgres') return postgresFailing
  if (protocol === 'redis') return redisFailing
  throw new RangeError('expected a link to postgres or redis, found one that reads no messages')
}
