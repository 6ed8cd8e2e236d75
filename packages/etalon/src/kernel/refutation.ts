/**
 * Thrown by an instrument when an answer of the system refutes what the rest of a claim stands on:
 * the claim is refuted by it and goes no further.
 */
export class Refutation extends Error {
  override readonly name = 'Refutation'
  readonly figure: string
  readonly target: string
  readonly counterexample: unknown

  constructor(
    title: string,
    facts: { readonly figure: string; readonly target: string; readonly counterexample: unknown },
  ) {
    super(title)
    this.figure = facts.figure
    this.target = facts.target
    this.counterexample = facts.counterexample
  }
}
