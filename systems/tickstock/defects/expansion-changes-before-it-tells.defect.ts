import { defect, source } from 'etalon'

export default defect('an expansion commits each of its steps by itself', {
  refutes: ['TICK-RES-03'],
  plant: source('src/producer/universe/expansion.ts', {
    find: '  return inTransaction(pool, async (tx) => {\n',
    replace: `  const stepByStep = (_: unknown, work: (tx: Sql) => Promise<Expansion>) => work(pool as Sql)
  return stepByStep(pool, async (tx) => {
`,
  }),
})
