import { createService, type Question, type Wire, type WirePage } from 'page-kit'
import type { User } from '../src/consumer/store/user.ts'
import type { Positions } from './live/connection.ts'
import type { Notice } from './live/notice.ts'

export type UserView = Wire<User>

/** The service that served this page. */
export const service = createService<UserView>('')

const { at } = service

const noticesRead = 100

/** The latest notices, newest first, and how far they go in every channel. */
export const latestNotices = (
  channel?: string,
): Question<{ readonly items: readonly Notice[]; readonly positions: Positions }> =>
  at('/notices/latest', { limit: noticesRead, channel })

/** What an ETF has to meet to stay in a universe; a field that is missing asks for nothing. */
export interface LiquidityFilter {
  readonly min_aum?: number
  readonly min_volume?: number
  /** Percent a year. */
  readonly max_expense_ratio?: number
  readonly min_liquidity_score?: number
}

export interface UniverseView {
  readonly key: string
  readonly theme: string | null
  readonly category: string | null
  readonly symbol_count: number
  readonly description: string | null
  readonly focus: string | null
  readonly rebalance_frequency: string | null
  readonly liquidity_filter: LiquidityFilter | null
  readonly last_updated: string
  readonly sample: readonly string[]
}

export interface MemberView {
  readonly symbol: string
  readonly name: string | null
  readonly sector: string | null
  /** From 0 to 1. */
  readonly weight: number | null
  readonly aum: number | null
  readonly expense_ratio: number | null
  readonly avg_volume: number | null
  readonly liquidity_score: number | null
  readonly last_close: number | null
  /** 0.05 is a gain of 5 %. */
  readonly return_20d: number | null
  readonly since: string
}

export interface SymbolReason {
  readonly symbol: string
  readonly reason: string
}

export interface UniverseDetail extends UniverseView {
  readonly members: readonly MemberView[]
  readonly last_change: {
    readonly at: string
    readonly change_type: string
    readonly added: readonly SymbolReason[]
    readonly removed: readonly SymbolReason[]
  } | null
}

export interface UniverseAt {
  readonly at: string
  readonly members: readonly {
    readonly symbol: string
    readonly weight: number | null
    readonly valid_from: string
    readonly valid_to: string | null
  }[]
}

export interface ChangeView {
  readonly at: string
  readonly change_type: string
  readonly symbol: string
  readonly action: 'added' | 'removed'
  readonly reason: string
  readonly run_id: string | null
}

export interface OverlapView {
  readonly key: string
  readonly other: string
  readonly shared: readonly string[]
  readonly shared_count: number
  readonly count: number
  readonly other_count: number
  /** From 0 to 1. */
  readonly jaccard: number
  readonly weight_shared: number | null
}

export interface SymbolUniverses {
  readonly symbol: string
  readonly name: string | null
  readonly universes: readonly {
    readonly key: string
    readonly valid_from: string
    readonly valid_to: string | null
  }[]
}

const universePath = (key: string): string => `/universes/${encodeURIComponent(key)}`

export const universes = at<WirePage<UniverseView>>('/universes', { page_size: 200 })

export const universe = (key: string): Question<UniverseDetail> => at(universePath(key))

/** Who was a member at a moment, such as `2026-11-20T00:00:00Z`. */
export const universeAt = (key: string, moment: string): Question<UniverseAt> =>
  at(`${universePath(key)}/history`, { at: moment })

export const changesOf = (key: string, page: number): Question<WirePage<ChangeView>> =>
  at(`${universePath(key)}/changes`, { page, page_size: 10 })

export const overlap = (key: string, other: string): Question<OverlapView> =>
  at(`${universePath(key)}/overlap/${encodeURIComponent(other)}`)

export const universesOf = (symbol: string): Question<SymbolUniverses> =>
  at(`/symbols/${encodeURIComponent(symbol)}/universes`)

/** Where a browser gets the members as a table for a spreadsheet. */
export const membersCsvPath = (key: string): string => `${universePath(key)}/members.csv`

/** The five tasks of a synchronization. */
export interface TaskView {
  readonly task: string
  readonly status: 'pending' | 'completed' | 'failed' | 'skipped'
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly duration_ms: number | null
  readonly changes: number
  /** For operators only. */
  readonly error: string | null
}

export interface RunView {
  readonly id: string
  readonly trading_day: string
  readonly trigger: 'eod' | 'override' | 'task'
  readonly status: 'running' | 'completed' | 'partial' | 'failed' | 'skipped'
  readonly started_at: string
  readonly finished_at: string | null
  readonly duration_ms: number | null
  readonly window_ms: number
  readonly within_window: boolean | null
  readonly alert: string | null
  readonly total_changes: number
  readonly tasks: readonly TaskView[]
}

export interface RunDetail extends RunView {
  readonly summary: {
    readonly by_type: Readonly<Record<string, number>>
    readonly by_action: Readonly<Record<string, number>>
    readonly by_universe: Readonly<Record<string, number>>
  }
}

export interface RunChange {
  readonly id: number | string
  readonly change_type: string
  readonly universe: string
  readonly symbol: string
  readonly action: 'added' | 'removed'
  readonly reason: string
  readonly created_at: string
}

export const runs = (page: number): Question<WirePage<RunView>> =>
  at('/sync/runs', { page, page_size: 10 })

export const run = (id: string): Question<RunDetail> => at(`/sync/runs/${encodeURIComponent(id)}`)

export const changesOfRun = (
  id: string,
  filter: { readonly type: string; readonly page: number },
): Question<WirePage<RunChange>> =>
  at(`/sync/runs/${encodeURIComponent(id)}/changes`, { ...filter, page_size: 15 })

export interface Outcome {
  readonly name: string
  readonly title: string
  readonly definition: string
  readonly unit: 'percent' | 'count' | 'flag'
  readonly declared: number | boolean
  readonly tolerance: number
  readonly measured: number | boolean
  readonly met: boolean
}

export interface PlantedPattern {
  readonly pattern: string
  readonly function: string
  /** The day of its last bar. */
  readonly date: string
  /** 100 where it speaks of a rise, -100 of a fall. */
  readonly value: number
}

export interface ScenarioView {
  readonly symbol: string
  readonly name: string
  readonly title: string
  readonly seed: number
  readonly base_price: number
  readonly days: number
  readonly first_date: string
  readonly last_date: string
  readonly generated_at: string
  readonly outcomes: readonly Outcome[]
  readonly planted: readonly PlantedPattern[]
}

export interface BarView {
  readonly date: string
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

export const scenarios = at<{ readonly items: readonly ScenarioView[] }>('/scenarios', {
  page_size: 100,
})

export const barsOf = (symbol: string): Question<{ readonly bars: readonly BarView[] }> =>
  at(`/scenarios/${encodeURIComponent(symbol)}/bars`)

export interface ChannelView {
  readonly channel: string
  /** `null` while Redis is away, as `lag`, `stream_length` and `pending`. */
  readonly last_seq: number | null
  readonly cursor: number
  readonly lag: number | null
  readonly stream_length: number | null
  readonly pending: number | null
  /** Of the last ten seconds. */
  readonly rate_hz: number
  readonly latency_ms: { readonly p50: number; readonly p95: number } | null
  readonly dead_letters: number
  readonly gaps: number
}

export interface MessageMonitor {
  readonly at: string
  readonly reader: { readonly last_received_at: string | null }
  readonly channels: readonly ChannelView[]
  readonly dead_letters: readonly {
    readonly channel: string
    readonly stream_id: string
    readonly reason: string
    readonly created_at: string
  }[]
  readonly gaps: readonly {
    readonly channel: string
    readonly first_seq: number
    readonly last_seq: number
    readonly noticed_at: string
  }[]
}

export const messageMonitor = at<MessageMonitor>('/messages')
