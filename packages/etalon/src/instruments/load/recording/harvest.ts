import type { SealedSecond, SeriesSecond } from '../driver/driver-message.ts'
import { addUp, sparseOf } from '../histogram/sparse.ts'
import { counter, type Book } from './book.ts'

/** Adds up what all threads have recorded of one second. */
export function harvest(books: readonly Book[], second: number): SealedSecond {
  const { series } = (books[0] as Book).layout
  return {
    second,
    series: Array.from({ length: series }, (_none, at) => seriesOf(books, second, at)),
  }
}

function seriesOf(books: readonly Book[], second: number, series: number): SeriesSecond {
  const counters = books.map((book) => book.counters(second, series))
  const sum = (place: number): number =>
    counters.reduce((total, values) => total + (values[place] as number), 0)
  const merged = (from: 0 | 1): Uint32Array =>
    addUp(books.map((book) => sparseOf(book.histogram(second, series, from))))
  return {
    outcomes: Array.from({ length: counter.answered }, (_none, code) => sum(code)),
    answered: sum(counter.answered),
    bytes: sum(counter.bytes),
    fromDue: merged(0),
    fromSent: merged(1),
  }
}
