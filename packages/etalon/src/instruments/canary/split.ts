import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Random } from '../../kernel/random.ts'
import type { SideName } from './side-log.ts'

/** What tells one client from another: the first of these that a request carries. */
export type ClientMark = 'authorization' | `cookie:${string}` | `header:${string}`

/** Shares requests out between the two sides. */
export interface Split {
  /** Share of clients, and of requests without a client, that go to the candidate: 0 to 1. */
  weight: number
  choose(headers: IncomingHttpHeaders): Choice
}

export interface Choice {
  readonly side: SideName
  /** A client that could be told from others, without its secret. */
  readonly client: string | undefined
}

/**
 * Shares out by client where a mark identifies one: its place between 0 and 1 follows from the seed
 * and the mark alone, and the candidate takes the places below the weight. So a client stays where
 * it is, and as the weight grows clients only move towards the candidate. A request without a mark
 * is drawn for itself.
 */
export function createSplit(marks: readonly ClientMark[], random: Random): Split {
  const draws = random.fork('requests')
  const split: Split = {
    weight: 0,
    choose: (headers) => {
      const mark = markOf(headers, marks)
      const client = mark === undefined ? undefined : digestOf(`${random.seed}/${mark}`)
      const place = client === undefined ? draws.fraction() : Number.parseInt(client, 16) / 2 ** 48
      return { side: place < split.weight ? 'candidate' : 'stable', client }
    },
  }
  return split
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

function markOf(headers: IncomingHttpHeaders, marks: readonly ClientMark[]): string | undefined {
  for (const mark of marks) {
    const [kind, name = ''] = splitOnce(mark, ':')
    const value =
      kind === 'cookie'
        ? cookieOf(headers.cookie, name)
        : headers[kind === 'header' ? name.toLowerCase() : kind]
    if (value !== undefined && value !== '') return `${mark}=${[value].flat().join()}`
  }
  return undefined
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = splitOnce(pair.trim(), '=')
    if (key === name) return value
  }
  return undefined
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
