import { failed, ok, unknown, type Outcome, type Sql, type SystemHandle } from 'etalon'
import type { Hearing } from './hearing.ts'

/** A message of which nobody makes anything but a notice. */
const telling = `
  insert into outbox (channel, event_type, payload)
  values ('tickstock.cache.ipo_assignment', 'ipo_assignment',
    jsonb_build_object('symbol', $1::text, 'universes', '[]'::jsonb, 'reason', 'listed'))
  returning id`

/** Says something as the producer does, and waits until the consumer has noted it. */
export async function tell(
  sql: Sql,
  hearing: Hearing,
  key: string,
  withinMs: number,
): Promise<Outcome<string>> {
  let id: string
  try {
    id = await sql.value<string>(telling, [key])
  } catch (error) {
    const { code } = error as { readonly code?: string }
    // Where nobody listens, or it starts up or shuts down, nothing was done.
    if (code === 'ECONNREFUSED' || code === '57P03') return failed(code)
    return unknown(code ?? String(error))
  }
  return (await hearing.isNoted(id, withinMs)) ? ok(id) : unknown('not heard in time')
}

/** A message that was said, and how often it was heard. */
export interface Told {
  readonly key: string
  readonly heard: number
}

/** All that was said under a mark, in the order of its numbers. */
export async function toldUnder(sql: Sql, mark: string): Promise<Told[]> {
  return sql.rows<Told>(
    `select payload ->> 'symbol' as key,
       (select count(*)::int from consumer.notices where notices.message_id = outbox.id) as heard
     from outbox where payload ->> 'symbol' like $1 || '-%' order by seq`,
    [mark],
  )
}

/** Reads as a page does. */
export async function read(system: SystemHandle, timeoutMs: number): Promise<Outcome<string>> {
  const viewer = await system.actor('viewer')
  const { status } = await viewer.get('/universes', { timeoutMs })
  return status === 200 ? ok('read') : failed(`status ${status}`)
}
