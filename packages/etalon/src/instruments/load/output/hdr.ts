import { deflateSync } from 'node:zlib'
import { bucketHighUs } from '../histogram/log-linear.ts'
import type { SparseHistogram } from '../histogram/sparse.ts'

// HdrHistogram's V2 encoding; the low nibble of 1 says that counts are of variable length.
const cookie = 0x1c849303 | 0x10
const compressedCookie = 0x1c849304 | 0x10
const headerBytes = 40
const significantDigits = 3

/**
 * A histogram of microseconds as HdrHistogram's compressed V2 encoding in base64, which the tools
 * around it read. Its buckets are ours: with three significant digits both cut every doubling into
 * 1,024.
 *
 * Source: HdrHistogram, `AbstractHistogram.encodeIntoByteBuffer`.
 */
export function encodeHdr(histogram: SparseHistogram): string {
  const counts: number[] = []
  let next = 0
  for (let at = 0; at < histogram.length; at += 2) {
    const bucket = histogram[at] as number
    if (bucket > next) pushZigZag(counts, next - bucket)
    pushZigZag(counts, histogram[at + 1] as number)
    next = bucket + 1
  }
  const highest = bucketHighUs(histogram.at(-2) ?? 0)
  const plain = Buffer.alloc(headerBytes + counts.length)
  plain.writeInt32BE(cookie, 0)
  plain.writeInt32BE(counts.length, 4)
  plain.writeInt32BE(0, 8)
  plain.writeInt32BE(significantDigits, 12)
  plain.writeBigInt64BE(1n, 16)
  plain.writeBigInt64BE(BigInt(Math.max(2, highest)), 24)
  plain.writeDoubleBE(1, 32)
  plain.set(counts, headerBytes)
  const packed = deflateSync(plain)
  const head = Buffer.alloc(8)
  head.writeInt32BE(compressedCookie, 0)
  head.writeInt32BE(packed.length, 4)
  return Buffer.concat([head, packed]).toString('base64')
}

/** LEB128 of the zig-zag value: counts are positive, runs of empty buckets negative. */
function pushZigZag(bytes: number[], value: number): void {
  let rest = value >= 0 ? value * 2 : -value * 2 - 1
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}
