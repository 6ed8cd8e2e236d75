import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

/** SHA-256 of a file, in hexadecimal; undefined when there is none that can be read. */
export async function hashOfFile(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

/** The lines of a compressed file. Rejects when it is damaged. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const unzipped = createGunzip()
  const read = pipeline(createReadStream(path), unzipped)
  // Its failure is met below, once the lines are over.
  read.catch(() => undefined)
  try {
    for await (const line of createInterface({ input: unzipped })) yield line
    await read
  } finally {
    // Who wants no more lines leaves no file open.
    unzipped.destroy()
  }
}
