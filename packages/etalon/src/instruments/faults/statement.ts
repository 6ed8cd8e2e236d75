import type { Trigger } from './fault.ts'

/**
 * A trigger on messages whose text matches: SQL on a link to PostgreSQL, a command and its arguments
 * on one to Redis. Before the message is passed on, or with `at: 'answer'` once the service has done
 * it and before the answer is passed back.
 */
export function statement(pattern: RegExp, more: Omit<Trigger, 'message'> = {}): Trigger {
  const flags = pattern.flags.replaceAll(/[gy]/g, '')
  return { ...more, message: { source: pattern.source, flags } }
}
