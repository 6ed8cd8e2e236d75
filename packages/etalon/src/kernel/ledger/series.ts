/** Numbers in the order in which they came, in one typed array that doubles when it is full. */
export interface Series {
  readonly length: number
  at(index: number): number
  push(value: number): void
  /** A view of what is in it now. */
  values(): Float64Array
}

const first = 1_024

/** Opens an empty one. */
export function openSeries(): Series {
  let room = new Float64Array(first)
  let length = 0
  return {
    get length() {
      return length
    },
    at: (index) => room[index] ?? Number.NaN,
    push: (value) => {
      if (length === room.length) {
        const larger = new Float64Array(2 * length)
        larger.set(room)
        room = larger
      }
      room[length] = value
      length += 1
    },
    values: () => room.subarray(0, length),
  }
}
