import { claim, failed, ok, type Sql } from 'etalon'

claim('TICK-DB-15', async ({ system, sql, random, prove }) => {
  const mark = random.text(8)
  const keys = { etf: `etf_${mark}`, stock: `large_${mark}` }
  const producer = system.sqlAs('producer')
  const change = (on: Sql, key: string, category: string, symbols: readonly string[]) =>
    on.run("select change_universe($1, $2, 'manual', 'a claim', p_category => $3)", [
      key,
      symbols,
      category,
    ])
  await change(producer, keys.etf, 'ETF', ['AAA', 'BBB'])
  await change(producer, keys.stock, 'STOCK', ['BBB', 'CCC'])

  const viewer = await system.actor('viewer')
  const consumer = system.sqlAs('consumer')
  /** What a reader sees who would rather give up than wait for a lock. */
  const read = () =>
    consumer.session(async (session) => {
      await session.run("set lock_timeout = '500ms'")
      const rows = await session
        .rows<{ key: string; symbols: string[] }>(
          `select cache_key as key, symbols from cache_entries where cache_key = any ($1)
           union all
           select 'summary ' || theme, symbols_sample from get_etf_universes_summary()
           where theme = $2
           union all
           select 'members', jsonb_agg(symbol order by cache_key, symbol) from universe_members
           where cache_key = any ($1) and valid_to is null`,
          [Object.values(keys), mark],
        )
        .catch((error: unknown) => [{ key: (error as Error).message, symbols: [] }])
      return Object.fromEntries(rows.map(({ key, symbols }) => [key, symbols.join()]))
    })
  const before = {
    [keys.etf]: 'AAA,BBB',
    [keys.stock]: 'BBB,CCC',
    [`summary ${mark}`]: 'AAA,BBB',
    members: 'AAA,BBB,BBB,CCC',
  }
  prove('both kinds, beside each other', await read()).equals(before)
  const seen = await producer.session(async (session) => {
    await session.run('begin')
    await change(session, keys.stock, 'STOCK', ['CCC', 'DDD'])
    await change(session, keys.etf, 'ETF', ['DDD'])
    const meanwhile = await read()
    await session.run('commit')
    return meanwhile
  })
  prove('what is read while a transaction is changing both', seen).equals(before)
  prove('and after it', await read()).equals({
    [keys.etf]: 'DDD',
    [keys.stock]: 'CCC,DDD',
    [`summary ${mark}`]: 'DDD',
    members: 'DDD,CCC,DDD',
  })
  const { body } = await viewer
    .get<{ symbol_count: number }>(`/universes/${keys.stock}`)
    .expect(200)
  prove('symbols that the consumer tells', body.symbol_count).equals(2)
  const categories = await sql.rows(
    'select universe_category as category from cache_entries where cache_key = any ($1) order by 1',
    [Object.values(keys)],
  )
  prove('their categories', categories).equals([{ category: 'ETF' }, { category: 'STOCK' }])
})

claim('TICK-T-04', async ({ system, sql, random, histories, prove }) => {
  const theme = `busy_${random.text(8)}`
  const key = `etf_${theme}`
  const lists = [
    ['ZZA', 'ZZB', 'ZZC'],
    ['ZZC', 'ZZD', 'ZZE'],
    ['ZZA', 'ZZE', 'ZZX'],
  ]
  const producer = system.sqlAs('producer')
  const consumer = system.sqlAs('consumer')
  const put = (list: readonly string[]) =>
    producer.run('select update_etf_universe($1, $2, $3)', [theme, JSON.stringify(list), '{}'])
  await put(lists[0] ?? [])
  const kinds = ['change', 'read', 'change as before', 'ask'] as const
  const viewer = await system.actor('viewer')
  const deeds: Record<(typeof kinds)[number], (list: string[]) => Promise<string>> = {
    change: async (list) => {
      await put(list)
      return list.join()
    },
    'change as before': async (list) => {
      await producer.run('update cache_entries set symbols = $2 where cache_key = $1', [
        key,
        JSON.stringify(list),
      ])
      return list.join()
    },
    read: async () =>
      (
        await consumer.value<{ symbols: string[] }>('select get_etf_universe($1)', [theme])
      ).symbols.join(),
    ask: async () => {
      const { body } = await viewer
        .get<{ members: { symbol: string }[] }>(`/universes/${key}/history`)
        .expect(200)
      return body.members.map(({ symbol }) => symbol).join()
    },
  }
  const history = await histories.concurrently(
    {
      actors: 10,
      operations: 200,
      input: () => ({ kind: random.pick(kinds), list: random.pick(lists) }),
    },
    async ({ kind, list }) => {
      try {
        return ok(await deeds[kind](list))
      } catch (error) {
        return failed((error as Error).message)
      }
    },
  )
  prove('operations of 200 that failed', history.failed).isEmpty()
  prove('operations under way at once', history.overlapMax).isAtLeast(5)
  const whole = new Set(lists.map((list) => list.join()))
  const torn = history.ok.filter(
    ({ outcome }) => outcome.kind === 'ok' && !whole.has(outcome.output),
  )
  prove('lists that nobody wrote', torn).isEmpty()
  const end = await sql.one<{ told: string[]; held: string[] }>(
    `select symbols as told, (
       select jsonb_agg(symbol order by symbol) from universe_members
       where cache_key = $1 and valid_to is null
     ) as held
     from cache_entries where cache_key = $1`,
    [key],
  )
  prove('the members in the end', end.held).equals(end.told)
})
