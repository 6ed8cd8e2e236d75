import { formatCount } from '../kernel/units.ts'

/** A number with its noun: `1 claim`, `2,114 claims`, `2 proofs of delivery`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
