import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** A file that was written. */
export interface WrittenFile {
  readonly sha256: string
  readonly sizeBytes: number
}

/** Adds one line to the file. */
export type WriteLine = (line: string) => Promise<void>

/** Writes lines into a compressed file that is on the disk, whole, when this returns. */
export async function writeLines(
  path: string,
  work: (write: WriteLine) => Promise<void>,
): Promise<WrittenFile> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.part`
  const hash = createHash('sha256')
  let sizeBytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      sizeBytes += chunk.byteLength
      done(null, chunk)
    },
  })
  const gzip = createGzip({ level: 4 })
  const written = pipeline(gzip, measure, createWriteStream(draft, { mode: 0o640 }))
  // Its failure is met where it is waited for.
  written.catch(() => undefined)
  try {
    await work(async (line) => {
      if (!gzip.write(`${line}\n`)) await Promise.race([once(gzip, 'drain'), written])
    })
    gzip.end()
    await written
    await sync(draft)
    await rename(draft, path)
    return { sha256: hash.digest('hex'), sizeBytes }
  } catch (error) {
    gzip.destroy()
    await rm(draft, { force: true })
    throw error
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
