import { createService, type Question, type Wire, type WirePage } from 'page-kit'
import type { z } from 'zod'
import type { messageState } from '../src/consumer/schema/message.ts'
import type { scenario, scenarioBar } from '../src/consumer/schema/scenario.ts'
import type { runChange, runDetail, runRow } from '../src/consumer/schema/sync.ts'
import type {
  changeRow,
  overlap as overlapOfTwo,
  pastMember,
  symbolUniverses,
  universeDetail,
  universeRow,
} from '../src/consumer/schema/universe.ts'
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

export type UniverseView = Wire<z.output<typeof universeRow>>
export type UniverseDetail = Wire<z.output<typeof universeDetail>>
export type MemberView = UniverseDetail['members'][number]
export type LastChangeView = NonNullable<UniverseDetail['last_change']>
export type ChangeView = Wire<z.output<typeof changeRow>>
export type OverlapView = Wire<z.output<typeof overlapOfTwo>>

export interface UniverseAt {
  readonly at: string
  readonly members: readonly Wire<z.output<typeof pastMember>>[]
}

export type SymbolUniverses = Wire<z.output<typeof symbolUniverses>>

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

export type RunView = Wire<z.output<typeof runRow>>
export type RunDetail = Wire<z.output<typeof runDetail>>
export type TaskView = RunView['tasks'][number]
export type RunChange = Wire<z.output<typeof runChange>>

export const runs = (page: number): Question<WirePage<RunView>> =>
  at('/sync/runs', { page, page_size: 10 })

export const run = (id: string): Question<RunDetail> => at(`/sync/runs/${encodeURIComponent(id)}`)

export const changesOfRun = (
  id: string,
  filter: { readonly type: string; readonly page: number },
): Question<WirePage<RunChange>> =>
  at(`/sync/runs/${encodeURIComponent(id)}/changes`, { ...filter, page_size: 15 })

export type ScenarioView = Wire<z.output<typeof scenario>>
export type Outcome = ScenarioView['outcomes'][number]
export type PlantedPattern = ScenarioView['planted'][number]
export type BarView = Wire<z.output<typeof scenarioBar>>

export const scenarios = at<{ readonly items: readonly ScenarioView[] }>('/scenarios', {
  page_size: 100,
})

export const barsOf = (symbol: string): Question<{ readonly bars: readonly BarView[] }> =>
  at(`/scenarios/${encodeURIComponent(symbol)}/bars`)

export type MessageMonitor = Wire<z.output<typeof messageState>>
export type ChannelView = MessageMonitor['channels'][number]

export const messageMonitor = at<MessageMonitor>('/messages')
