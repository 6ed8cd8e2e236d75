import type { Framer } from './framer.ts'

const handshake = 0x16

/**
 * The same framer, but for a conversation that begins with a handshake of TLS (RFC 8446, 5.1): nothing
 * in it can be read, and its bytes pass as they are.
 */
export function unlessTls(framer: Framer): Framer {
  let found: boolean | undefined
  const isTls = (data: Buffer): boolean => (found ??= data[0] === handshake)
  return {
    follow: (data, direction) => {
      if (!isTls(data)) framer.follow(data, direction)
    },
    push: (data, direction) =>
      isTls(data) ? [{ data, message: {} }] : framer.push(data, direction),
    release: (direction) => framer.release(direction),
  }
}
