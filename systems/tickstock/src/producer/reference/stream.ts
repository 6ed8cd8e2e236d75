/** Numbers from 0 up to but not including 1, the same for the same name on every machine. */
export type Stream = () => number

/**
 * A stream for a name: FNV-1a makes the seed, mulberry32 (T. Ettinger, public domain) the numbers.
 * Only whole-number arithmetic, so no machine rounds it otherwise. Not for secrets.
 */
export function streamOf(name: string): Stream {
  let state = 0x81_1c_9d_c5
  for (let at = 0; at < name.length; at += 1) {
    state = Math.imul(state ^ name.charCodeAt(at), 0x01_00_01_93)
  }
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** A number around 0 with a standard deviation of 1: four uniform ones added, within 3.5 of it. */
export function deviation(stream: Stream): number {
  return (stream() + stream() + stream() + stream() - 2) * Math.sqrt(3)
}

/** A number between two others, as likely in each decade. */
export function acrossDecades(stream: Stream, low: number, high: number): number {
  return low * (high / low) ** stream()
}

/** A value to three significant digits, as figures are told. */
export const rounded = (value: number): number => Number(value.toPrecision(3))
