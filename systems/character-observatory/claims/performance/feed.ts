import { claim, heldStatement, type Actor, type ClaimContext, type Plan, type Sql } from 'etalon'
import { pairedRatioOf } from 'etalon/statistics/paired-ratio'
import { placeOf } from './place.ts'

/** A feed as the API gives it, the table behind it, and the index that serves it. */
interface Feed {
  readonly path: string
  readonly table: string
  readonly values: readonly unknown[]
  readonly index: string
}

const rounds = 12

async function feedsOf(sql: Sql, ecosystem: string): Promise<readonly Feed[]> {
  const middle = await sql.value<string>(
    `select id from interactions where ecosystem_id = $1
     order by created_at desc, id desc offset 6000 limit 1`,
    [ecosystem],
  )
  const interactions = `/api/v1/interactions?ecosystem=${ecosystem}`
  return [
    {
      path: `/api/v1/ecosystems/${ecosystem}/events`,
      table: 'events',
      values: [ecosystem, 50],
      index: 'idx_event_feed',
    },
    {
      path: interactions,
      table: 'interactions',
      values: [ecosystem, null, 50],
      index: 'idx_interaction_feed',
    },
    {
      path: `${interactions}&after=${middle}`,
      table: 'interactions',
      values: [ecosystem, middle, 50],
      index: 'idx_interaction_feed',
    },
  ]
}

claim('CHAR-T-55', { timeoutMs: 120_000 }, async (context) => {
  const { owner, ecosystem } = await placeOf(context.system)
  for (const feed of await feedsOf(context.sql, ecosystem)) {
    const text = await queryOf(context, owner, feed)
    const plan = await context.system.sqlAs('app').plan(text, feed.values)
    const about = { witness: { text, nodes: plan.nodes } }
    const used = plan.indexes.includes(feed.index)
    context
      .prove(`whether ${feed.index} is read for the feed of ${feed.table}`, used, about)
      .isTrue()
    context.prove(`tables read from end to end for it`, plan.sequentialScans, about).isEmpty()
    const blocks = plan.sharedHitBlocks + plan.sharedReadBlocks
    context.prove('blocks looked at for its 50 rows', blocks, about).isAtMost(150)
  }
})

claim('CHAR-PERF-14', { timeoutMs: 120_000 }, async (context) => {
  const { owner, ecosystem } = await placeOf(context.system)
  const [events, interactions] = await feedsOf(context.sql, ecosystem)
  for (const feed of [events, interactions] as readonly Feed[]) {
    const text = await queryOf(context, owner, feed)
    const { pairs, before, after } = await compare(context, feed, text)
    context.note(`plans of the feed of ${feed.table}`, { text, without: before, with: after })
    const ratio = pairedRatioOf(pairs)
    const times = `times as long without the index, ${feed.table}`
    context.prove(times, { ...ratio, unit: 'ratio' }).isAtLeast(10)
  }
})

interface Comparison {
  readonly pairs: readonly { readonly subject: number; readonly reference: number }[]
  readonly before: Plan['nodes']
  readonly after: Plan['nodes']
}

/** Executes the query with and without its index in turn; the index is back after each round. */
function compare({ sql, random }: ClaimContext, feed: Feed, text: string): Promise<Comparison> {
  return sql.session(async (one) => {
    const withIndex = (): Promise<Plan> => one.plan(text, feed.values)
    const withoutIndex = async (): Promise<Plan> => {
      await one.run('begin')
      await one.run(`drop index ${feed.index}`)
      const plan = await one.plan(text, feed.values)
      await one.run('rollback')
      return plan
    }
    const pairs: { subject: number; reference: number }[] = []
    // Both once for what is only slow the first time.
    const [before, after] = [await withoutIndex(), await withIndex()]
    for (let round = 0; round < rounds; round += 1) {
      const took = { subject: 0, reference: 0 }
      for (const side of random.shuffle(['subject', 'reference'] as const)) {
        const plan = await (side === 'subject' ? withoutIndex() : withIndex())
        took[side] = plan.executionMs
      }
      pairs.push(took)
    }
    return { pairs, before: before.nodes, after: after.nodes }
  })
}

/** The query itself, as the service asks it. */
function queryOf({ sql }: ClaimContext, owner: Actor, { path, table }: Feed): Promise<string> {
  const sought = /^\s*select .*\border by\b.*\bdesc\b/is
  return heldStatement(sql, { table, sought }, () => owner.get(path).expect(200))
}
