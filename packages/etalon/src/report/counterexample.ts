import { inspect } from 'node:util'

const charactersMax = 6_000

/**
 * A counterexample as a person reads it: small objects stay on one line, long lists and texts are
 * cut. The whole of it stays in the evidence.
 */
export function renderCounterexample(counterexample: unknown): string {
  const text =
    typeof counterexample === 'string'
      ? counterexample
      : inspect(counterexample, {
          breakLength: 120,
          compact: 3,
          depth: 8,
          maxArrayLength: 24,
          maxStringLength: 2_000,
        })
  if (text.length <= charactersMax) return text
  return `${text.slice(0, charactersMax)}\n… cut here; the whole is in the evidence`
}
