import type { Operation } from './history.ts'

/** What a thing does when it is used by one caller at a time. States are values: never changed. */
export interface Model<State, Input, Output> {
  readonly initial: State
  /**
   * The state after an operation, or `undefined` where the thing could not have answered so.
   * `output` is `undefined` for an operation whose outcome is unknown: then any answer is right.
   */
  readonly step: (state: State, input: Input, output: Output | undefined) => State | undefined
  /** The same text for equal states, another for others. */
  readonly nameOf: (state: State) => string
}

/** Options of {@link checkLinearizable}. */
export interface LinearizabilityOptions<State, Input, Output> {
  readonly model: Model<State, Input, Output>
  /** Things that do not know of each other are checked one by one, which is very much cheaper. */
  readonly keyOf?: (input: Input) => string
  /** Steps of the model that may be tried for each key; half a million unless given. */
  readonly triesMax?: number
}

/** What is known of one key. */
export interface LinearizabilityResult {
  readonly key: string
  /** `unknown` where the tries ran out. */
  readonly verdict: 'linearizable' | 'refuted' | 'unknown'
  readonly tries: number
  /** Indices of operations in an order that explains them all, or the longest one that was found. */
  readonly order: readonly number[]
  /** The operation that no order reaches: it had ended before it could be placed. */
  readonly stuckAt: number | undefined
}

const triesMaxDefault = 500_000

/**
 * Whether each thing behaved as if every operation took place at one moment between its call and
 * its answer. Operations that certainly failed are left out; those of unknown outcome may have
 * taken place at any later moment, or never.
 *
 * The search of Wing and Gong 1993 with the memory of Lowe 2017 (which operations are placed, and
 * the state they lead to), by partitions as Horn and Kroening 2015 show them to be sound.
 *
 * @throws RangeError for an operation that was done and whose output is `undefined`: to the model
 *   that is an unknown outcome, so that every state would explain it
 */
export function checkLinearizable<State, Input, Output>(
  operations: Iterable<Operation<Input, Output>>,
  {
    model,
    keyOf = () => '',
    triesMax = triesMaxDefault,
  }: LinearizabilityOptions<State, Input, Output>,
): LinearizabilityResult[] {
  const counted = [...operations].filter(({ outcome }) => outcome.kind !== 'failed')
  const empty = counted.find(({ outcome }) => outcome.kind === 'ok' && outcome.output === undefined)
  if (empty) {
    throw new RangeError(
      `linearizability: expected an output of operation ${empty.index}, found undefined; give null for an answer without content`,
    )
  }
  return [...Map.groupBy(counted, ({ input }) => keyOf(input))].map(([key, ofKey]) => ({
    key,
    ...new Search(ofKey, model, triesMax).run(),
  }))
}

/** A register that holds one value: `write` sets it, `read` gives it. */
export type RegisterInput<Value> = { readonly write: Value } | { readonly read: true }

/** The model of a register, which holds `initial` before its first write. */
export function register<Value extends string | number | null>(
  initial: Value,
): Model<Value, RegisterInput<Value>, Value> {
  return {
    initial,
    step(state, input, output) {
      if ('write' in input) return input.write
      return output === undefined || output === state ? state : undefined
    },
    nameOf: (state) => JSON.stringify(state),
  }
}

/** A call or a return in a list from which operations are lifted when they are placed. */
interface Entry {
  /** Place of the operation among those of its key, in the order of their calls. */
  readonly place: number
  readonly isReturn: boolean
  previous: Entry | undefined
  next: Entry | undefined
}

/** An operation that was placed, and what was so before. */
interface Placed<State> {
  readonly call: Entry
  readonly before: State
}

class Search<State, Input, Output> {
  readonly #operations: readonly Operation<Input, Output>[]
  readonly #model: Model<State, Input, Output>
  readonly #triesMax: number
  readonly #head: Entry = { place: -1, isReturn: false, previous: undefined, next: undefined }
  readonly #returns: (Entry | undefined)[] = []
  readonly #isPlaced: Uint8Array
  readonly #seen = new Set<string>()
  readonly #stack: Placed<State>[] = []
  #state: State
  /** The first operation that is not placed. */
  #low = 0
  #longest: readonly number[] = []
  #stuckAt: number | undefined
  #tries = 0

  constructor(
    operations: readonly Operation<Input, Output>[],
    model: Model<State, Input, Output>,
    triesMax: number,
  ) {
    this.#operations = operations.toSorted((a, b) => a.startedAtMs - b.startedAtMs)
    this.#model = model
    this.#triesMax = triesMax
    this.#state = model.initial
    this.#isPlaced = new Uint8Array(operations.length)
    this.#link()
  }

  run(): Omit<LinearizabilityResult, 'key'> {
    let entry = this.#head.next
    while (entry !== undefined && !this.#isComplete()) {
      if (this.#tries > this.#triesMax) return this.#result('unknown')
      if (entry.isReturn) {
        this.#noteStuck(entry)
        const undone = this.#undo()
        if (undone === undefined) return this.#result('refuted')
        entry = undone.next
      } else if (this.#place(entry)) entry = this.#head.next
      else entry = entry.next
    }
    return this.#result('linearizable')
  }

  /** Operations without an answer need not have taken place. */
  #isComplete(): boolean {
    for (let entry = this.#head.next; entry !== undefined; entry = entry.next) {
      if (entry.isReturn) return false
    }
    return true
  }

  #place(call: Entry): boolean {
    this.#tries += 1
    const { input, outcome } = this.#operations[call.place] as Operation<Input, Output>
    const output = outcome.kind === 'ok' ? outcome.output : undefined
    const after = this.#model.step(this.#state, input, output)
    if (after === undefined) return false
    this.#isPlaced[call.place] = 1
    const low = this.#low
    while (this.#isPlaced[this.#low] === 1) this.#low += 1
    const name = this.#nameOf(after)
    if (this.#seen.has(name)) {
      this.#isPlaced[call.place] = 0
      this.#low = low
      return false
    }
    this.#seen.add(name)
    this.#stack.push({ call, before: this.#state })
    this.#state = after
    lift(call)
    const answer = this.#returns[call.place]
    if (answer !== undefined) lift(answer)
    return true
  }

  /** Takes the last operation back; gives its call, after which the search goes on. */
  #undo(): Entry | undefined {
    const last = this.#stack.pop()
    if (last === undefined) return undefined
    const answer = this.#returns[last.call.place]
    if (answer !== undefined) putBack(answer)
    putBack(last.call)
    this.#isPlaced[last.call.place] = 0
    this.#low = Math.min(this.#low, last.call.place)
    this.#state = last.before
    return last.call
  }

  /**
   * Which operations are placed, and the state. All before the first that is not are placed, and
   * none after the last that is, so the text is as long as operations overlap.
   */
  #nameOf(state: State): string {
    let last = this.#isPlaced.length - 1
    while (last > this.#low && this.#isPlaced[last] === 0) last -= 1
    const between = this.#isPlaced.subarray(this.#low, last + 1).join('')
    return `${this.#low} ${between} ${this.#model.nameOf(state)}`
  }

  #noteStuck(answer: Entry): void {
    if (this.#stack.length < this.#longest.length) return
    this.#longest = this.#orderNow()
    this.#stuckAt = this.#operations[answer.place]?.index
  }

  #orderNow(): number[] {
    return this.#stack.map(({ call }) => (this.#operations[call.place] as Operation).index)
  }

  #result(verdict: LinearizabilityResult['verdict']): Omit<LinearizabilityResult, 'key'> {
    const isWhole = verdict === 'linearizable'
    return {
      verdict,
      tries: this.#tries,
      order: isWhole ? this.#orderNow() : this.#longest,
      stuckAt: isWhole ? undefined : this.#stuckAt,
    }
  }

  /** Calls and returns in the order of time; at the same moment calls come first: they overlap. */
  #link(): void {
    const moments = this.#operations.flatMap(({ startedAtMs, endedAtMs, outcome }, place) => [
      { atMs: startedAtMs, place, isReturn: false },
      ...(outcome.kind === 'ok' ? [{ atMs: endedAtMs, place, isReturn: true }] : []),
    ])
    moments.sort((a, b) => a.atMs - b.atMs || Number(a.isReturn) - Number(b.isReturn))
    let previous = this.#head
    for (const { place, isReturn } of moments) {
      const entry: Entry = { place, isReturn, previous, next: undefined }
      if (isReturn) this.#returns[place] = entry
      previous.next = entry
      previous = entry
    }
  }
}

function lift(entry: Entry): void {
  if (entry.previous !== undefined) entry.previous.next = entry.next
  if (entry.next !== undefined) entry.next.previous = entry.previous
}

/** An entry that was lifted still knows its neighbours, as in Knuth's dancing links. */
function putBack(entry: Entry): void {
  if (entry.previous !== undefined) entry.previous.next = entry
  if (entry.next !== undefined) entry.next.previous = entry
}
