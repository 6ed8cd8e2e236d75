import type { Chunk } from './fault.ts'

/** A chunk in pieces of a size asked for each; what it is as a message stays with the last one. */
export function* piecesOf(chunk: Chunk, nextBytes: () => number): Generator<Chunk> {
  const { data, receivedAtMs } = chunk
  let start = 0
  for (let end = nextBytes(); end < data.length; end += nextBytes()) {
    yield { data: data.subarray(start, end), receivedAtMs }
    start = end
  }
  yield { ...chunk, data: data.subarray(start) }
}
