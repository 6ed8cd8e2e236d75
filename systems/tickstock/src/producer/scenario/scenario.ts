import type { Day } from '../../calendar/day.ts'
import type { Draft } from './draft.ts'
import type { OutcomeRule } from './outcome.ts'
import type { Random } from './random.ts'
import type { PatternName } from './series.ts'

/** What a scenario draws: its days, and the patterns in them by the number of their last day. */
export interface Drawing {
  readonly drafts: readonly Draft[]
  readonly planted?: readonly { readonly pattern: PatternName; readonly day: number }[]
}

/** A kind of market, to be generated for any seed. */
export interface Scenario {
  readonly name: string
  readonly title: string
  readonly description: string
  /** The first trading day, or a day before it. */
  readonly firstDay: Day
  /** Trading days. */
  readonly days: number
  readonly baseCents: number
  readonly outcomes: readonly OutcomeRule[]
  readonly draw: (random: Random) => Drawing
}
