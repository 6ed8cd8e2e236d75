import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'

/** The work of one hash: memory is `128 * cost * blockSize` bytes. */
interface ScryptParameters {
  readonly cost: number
  readonly blockSize: number
  readonly parallelization: number
}

const current: ScryptParameters = { cost: 2 ** 14, blockSize: 8, parallelization: 5 }
const hashBytes = 32

/** Hashes a password with a fresh salt; the parameters stand in the hash, so they can be raised. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, current)
  const { cost, blockSize, parallelization } = current
  const parts = [cost, blockSize, parallelization, salt.toString('base64url')]
  return `scrypt$${parts.join('$')}$${hash.toString('base64url')}`
}

/**
 * Whether a password belongs to a stored hash. Without a hash (no such user) it does the same work
 * and gives `false`, so that the time taken tells nothing.
 */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
): Promise<boolean> {
  const [scheme, cost, blockSize, parallelization, salt, hash] = (stored ?? absent).split('$')
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined) return false
  const expected = Buffer.from(hash, 'base64url')
  const derived = await derive(password, Buffer.from(salt, 'base64url'), {
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
  })
  const same = derived.length === expected.length && timingSafeEqual(derived, expected)
  return same && stored !== undefined
}

/** A password that nobody chose: 24 characters, 144 random bits. */
export function generatePassword(): string {
  return randomBytes(18).toString('base64url')
}

const absent = `scrypt$${current.cost}$${current.blockSize}$${current.parallelization}$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(hashBytes).toString('base64url')}`

function derive(password: string, salt: Buffer, parameters: ScryptParameters): Promise<Buffer> {
  const { cost, blockSize, parallelization } = parameters
  const options: ScryptOptions = {
    cost,
    blockSize,
    parallelization,
    maxmem: 256 * cost * blockSize,
  }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
