import { inTransaction, type App } from 'service-kit'
import { z } from 'zod'
import { allChannels } from '../../message/channel.ts'
import type { Consumer } from '../consumer.ts'
import { roles } from '../role.ts'
import { notice, positions } from '../schema/notice.ts'
import {
  listLatestNotices,
  listLatestOfChannel,
  listNotices,
  noticePositions,
} from '../store/notice.ts'

const tags = ['Notices']
const config = { access: { roles } }
const channel = z.enum(allChannels)

const limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, 'Must be a number from 1 to 200')
  .default('50')
  .transform(Number)
  .refine((value) => value <= 200, { message: 'Must be at most 200' })
  .meta({ type: 'integer', minimum: 1, maximum: 200 })

const seq = z
  .string()
  .regex(/^\d{1,15}$/, 'Must be a whole number')
  .default('0')
  .transform(Number)
  .meta({ type: 'integer', minimum: 0 })

/** What was told, as far as it was taken in. */
export function noticeRoutes(app: App, { pool }: Consumer): void {
  app.get(
    '/notices',
    {
      config,
      schema: {
        tags,
        summary: 'Notices of a channel in the order of their numbers, after one of them',
        querystring: z.strictObject({ channel, after_seq: seq, limit }),
        response: {
          200: z.object({
            items: z.array(notice),
            /** Where the next page begins; null when there is nothing more at the moment. */
            next_after_seq: z.int().nullable(),
          }),
        },
      },
    },
    async ({ query }) => {
      const items = await listNotices(pool, query.channel, query.after_seq, query.limit + 1)
      const hasMore = items.length > query.limit
      if (hasMore) items.pop()
      return { items, next_after_seq: hasMore ? (items.at(-1)?.seq ?? null) : null }
    },
  )

  app.get(
    '/notices/latest',
    {
      config,
      schema: {
        tags,
        summary: 'The newest notices, and the last number of each channel',
        querystring: z.strictObject({ channel: channel.optional(), limit }),
        response: { 200: z.object({ items: z.array(notice), positions }) },
      },
    },
    async ({ query }) =>
      inTransaction(pool, async (tx) => {
        // Read first: what comes in between is in the list and is sent again, not missed.
        const last = await noticePositions(tx, allChannels)
        const items =
          query.channel === undefined
            ? await listLatestNotices(tx, query.limit)
            : await listLatestOfChannel(tx, query.channel, query.limit)
        return {
          items,
          positions: Object.fromEntries(last.map((each) => [each.channel, each.last_seq])),
        }
      }),
  )
}
