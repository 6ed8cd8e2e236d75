import type { Redis } from './redis.ts'

/** Entries of streams, as the client gives them. */
export type Answers = readonly {
  readonly name: string
  readonly messages: readonly {
    readonly id: string
    readonly message: Readonly<Record<string, string>>
  }[]
}[]

/** A way of reading: what comes next, and whether everything up to an id has come. */
export interface Reading {
  next(): Promise<Answers>
  /** Called when everything of an answer has been heard. */
  heard(answers: Answers): Promise<void>
  hasAll(stream: string, id: string): Promise<boolean>
}

/** Reads so many entries at a time. */
export const entriesAtOnce = 1_000

/** Reads streams without a group. */
export function openReading(client: Redis, heardUpTo: Map<string, string>): Reading {
  return {
    next: async () => {
      const streams = [...heardUpTo].map(([key, id]) => ({ key, id }))
      return (await client.xRead(streams, { BLOCK: 0, COUNT: entriesAtOnce })) ?? []
    },
    heard: async (answers) => {
      for (const { name, messages } of answers) {
        const last = messages.at(-1)
        if (last) heardUpTo.set(name, last.id)
      }
    },
    hasAll: async (stream, id) => !isBefore(heardUpTo.get(stream) ?? '0', id),
  }
}

/** Whether one id of a stream comes before another. */
export function isBefore(one: string, other: string): boolean {
  const [oneMs = 0n, oneAt = 0n] = one.split('-').map(BigInt)
  const [otherMs = 0n, otherAt = 0n] = other.split('-').map(BigInt)
  return oneMs < otherMs || (oneMs === otherMs && oneAt < otherAt)
}
