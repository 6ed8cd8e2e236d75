import { statement } from 'service-kit'
import type { Day } from '../../calendar/day.ts'

/** The trading day whose end is waited for, and since when anything is. */
export interface Expectation {
  readonly trading_day: Day
  readonly since: Date
}

/** What is waited for; the given day from now on where nothing was. */
export const expect = statement<Expectation, [day: Day, now: Date]>(
  'sync-expectation-begin',
  `with begun as (
     insert into sync_expectation (trading_day, since) values ($1, $2)
     on conflict do nothing returning trading_day, since
   )
   select trading_day, since from begun
   union all
   select trading_day, since from sync_expectation limit 1`,
)

/** Waits for a later day from now on. */
export const expectNext = statement<never, [day: Day]>(
  'sync-expectation-next',
  'update sync_expectation set trading_day = $1 where trading_day < $1',
)

/** Whether the end of a day was told, be it that the message has not been sent yet. */
export const isTold = statement<{ is_told: boolean }, [day: Day]>(
  'sync-is-told',
  `select exists (
     select from outbox
     where channel = 'tickstock.eod.complete' and payload ->> 'trading_day' = $1::text
   ) as is_told`,
)
