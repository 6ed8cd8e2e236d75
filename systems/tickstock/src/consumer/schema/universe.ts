import { z } from 'zod'

export const universeKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,79}$/, 'Must be the key of a universe')

export const symbolText = z.string().regex(/^[A-Z][A-Z0-9._]{0,39}$/, 'Must be a symbol')

/** An instant that the database has written as text already. */
const writtenInstant = z.string().meta({ format: 'date-time' })

const liquidityFilter = z.object({
  min_aum: z.number().optional(),
  min_volume: z.number().optional(),
  max_expense_ratio: z.number().optional(),
  min_liquidity_score: z.number().optional(),
})

/** A universe in a list. */
export const universeRow = z.object({
  key: z.string(),
  theme: z.string().nullable(),
  category: z.string().nullable(),
  symbol_count: z.int(),
  description: z.string().nullable(),
  focus: z.string().nullable(),
  rebalance_frequency: z.string().nullable(),
  liquidity_filter: liquidityFilter.nullable(),
  last_updated: z.date(),
  /** The first five symbols. */
  sample: z.array(z.string()),
})

/** A symbol in a universe. */
export const memberRow = z.object({
  symbol: z.string(),
  name: z.string().nullable(),
  type: z.string().nullable(),
  sector: z.string().nullable(),
  /** Share of the assets of all members. */
  weight: z.number().nullable(),
  aum: z.number().nullable(),
  /** Percent a year. */
  expense_ratio: z.number().nullable(),
  avg_volume: z.int().nullable(),
  liquidity_score: z.number().nullable(),
  last_close: z.number().nullable(),
  /** 0.05 is five percent in twenty trading days. */
  return_20d: z.number().nullable(),
  /** Who told the figures, and when. */
  source: z.string().nullable(),
  as_of: writtenInstant.nullable(),
  since: writtenInstant,
})

const changedSymbol = z.object({ symbol: z.string(), reason: z.string() })

/** What one change of a universe did. */
const lastChange = z.object({
  at: writtenInstant,
  change_type: z.string(),
  added: z.array(changedSymbol),
  removed: z.array(changedSymbol),
})

/** A universe with all that is known of it. */
export const universeDetail = universeRow.extend({
  /** An object, or null; what it holds is up to who keeps the universe. */
  metadata: z.unknown(),
  members: z.array(memberRow),
  last_change: lastChange.nullable(),
})

/** A membership by the time in which it held. */
export const pastMember = z.object({
  symbol: z.string(),
  weight: z.number().nullable(),
  valid_from: z.date(),
  valid_to: z.date().nullable(),
})

/** A line of the change log. */
export const changeRow = z.object({
  at: z.date(),
  change_type: z.string(),
  symbol: z.string(),
  action: z.enum(['added', 'removed']),
  reason: z.string(),
  run_id: z.uuid().nullable(),
})

/** What two universes share. */
export const overlap = z.object({
  key: z.string(),
  other: z.string(),
  count: z.int(),
  other_count: z.int(),
  shared_count: z.int(),
  shared: z.array(z.string()),
  /** Shared symbols as a share of all symbols of both; null where both are empty. */
  jaccard: z.number().nullable(),
  /** The weight that both give to the same symbols; null where one has no weights. */
  weight_shared: z.number().nullable(),
})

/** A universe that a symbol is in. */
const symbolUniverse = z.object({
  key: z.string(),
  category: z.string().nullable(),
  weight: z.number().nullable(),
  valid_from: writtenInstant,
  valid_to: writtenInstant.nullable(),
})

/** A symbol and where it was a member at an instant. */
export const symbolUniverses = z.object({
  symbol: z.string(),
  name: z.string().nullable(),
  at: z.date(),
  universes: z.array(symbolUniverse),
})

export type UniverseRow = z.output<typeof universeRow>
export type UniverseDetail = z.output<typeof universeDetail>
export type MemberRow = z.output<typeof memberRow>
export type PastMember = z.output<typeof pastMember>
export type ChangeRow = z.output<typeof changeRow>
export type Overlap = z.output<typeof overlap>
export type SymbolUniverses = z.output<typeof symbolUniverses>
