/** Something a Redis user tried and may not. */
export interface Refusal {
  readonly user: string
  /** `command`, `key`, `channel` or `auth`. */
  readonly reason: string
  /** The command, key or channel. */
  readonly object: string
  readonly times: number
}

/** What the server has refused lately (ACL LOG). */
export async function accessLog(redis: {
  sendCommand(command: readonly string[]): Promise<unknown>
}): Promise<readonly Refusal[]> {
  const log = (await redis.sendCommand(['ACL', 'LOG', '128'])) as readonly object[]
  const entries = log.map((entry): Refusal => {
    const facts = new Map(Object.entries(entry))
    const text = (name: string): string => String(facts.get(name))
    const [user, reason, object] = [text('username'), text('reason'), text('object')]
    return { user, reason, object, times: Number(facts.get('count')) }
  })
  const groups = Map.groupBy(entries, keyOf)
  return [...groups.values()].map((group) => {
    const times = group.reduce((sum, one) => sum + one.times, 0)
    return { ...(group[0] as Refusal), times }
  })
}

/** What was refused between two readings of the log. */
export function refusedSince(before: readonly Refusal[], after: readonly Refusal[]): Refusal[] {
  const earlier = new Map(before.map((one) => [keyOf(one), one.times]))
  return after
    .map((one) => ({ ...one, times: one.times - (earlier.get(keyOf(one)) ?? 0) }))
    .filter(({ times }) => times > 0)
}

function keyOf({ user, reason, object }: Refusal): string {
  return `${user}\n${reason}\n${object}`
}
