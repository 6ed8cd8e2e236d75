import { copyFile, open, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'

/** Does something to a file; what it gives makes the file whole again. */
export type Damage = (file: string) => Promise<() => Promise<void>>

/** Turns one bit of one byte round. */
export function flipBit(at: number, bit: number): Damage {
  return async (file) => {
    await flip(file, at, bit)
    return () => flip(file, at, bit)
  }
}

async function flip(file: string, at: number, bit: number): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    const byte = Buffer.alloc(1)
    await handle.read(byte, 0, 1, at)
    byte[0] = (byte[0] ?? 0) ^ (1 << bit)
    await handle.write(byte, 0, 1, at)
  } finally {
    await handle.close()
  }
}

/** What else can happen to a whole file. */
export const wholeDamages: Readonly<Record<string, Damage>> = {
  'its last byte is missing': keeping(async (file) => truncate(file, (await stat(file)).size - 1)),
  'half of it is missing': keeping(async (file) =>
    truncate(file, Math.floor((await stat(file)).size / 2)),
  ),
  'it has a byte more': keeping((file) => writeFile(file, '\0', { flag: 'a' })),
  'it is empty': keeping((file) => truncate(file, 0)),
  'it is gone': keeping((file) => rm(file)),
}

/** The file of another backup stands in its place. */
export function replacedBy(other: string): Damage {
  return keeping((file) => copyFile(other, file))
}

/** Does something to a file of which a copy is kept. */
export function keeping(damage: (file: string) => Promise<void>): Damage {
  return async (file) => {
    const kept = `${file}.kept`
    await copyFile(file, kept)
    await damage(file)
    return () => rename(kept, file)
  }
}
