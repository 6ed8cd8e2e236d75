import { claim, readSchema } from 'etalon'
import { anyoneOf, gatherCrowd } from '../licensed-crowd.ts'
import { placeOf, specializations } from '../license.ts'

const crowd = 5_000
const tables = specializations.map((name) => placeOf[name].licenses)

claim('LFA-LIC-05', async ({ sql, prove }) => {
  const { indexes } = await readSchema(sql)
  const invalid = await sql.rows<{ name: string }>(
    'select indexrelid::regclass::text as name from pg_index where not indisvalid',
  )
  for (const table of tables) {
    const name = `idx_${table}_user_id`
    prove(
      `the definition of ${name}`,
      indexes.find((index) => index.name === name),
    ).equals({
      table,
      name,
      unique: false,
      definition: `CREATE INDEX ${name} ON public.${table} USING btree (user_id)`,
    })
  }
  prove('indexes that are not usable', invalid).isEmpty()
})

claim(['LFA-T-19', 'LFA-PERF-05'], async ({ system, sql, random, prove }) => {
  await gatherCrowd(sql, crowd)
  const app = system.sqlAs('app')
  for (const table of tables) {
    for (const condition of ['user_id = $1', 'user_id = $1 and is_active']) {
      const { userId } = anyoneOf(crowd, random)
      const query = `select * from ${table} where ${condition}`
      const { indexes, sequentialScans, rows } = await app.plan(query, [userId])
      prove(`how ${table} is read for ${condition}`, { indexes, sequentialScans, rows }).equals({
        indexes: [`idx_${table}_user_id`],
        sequentialScans: [],
        rows: 1,
      })
    }
  }
})
