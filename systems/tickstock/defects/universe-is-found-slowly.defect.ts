import { defect, source } from 'etalon'

export default defect('a universe takes up to five seconds to be found', {
  refutes: ['TICK-CHK-29'],
  plant: source('src/consumer/routes/universe.ts', {
    find: '      const [universe] = await findUniverse(pool, key)\n',
    replace: `      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5_000))
      const [universe] = await findUniverse(pool, key)
`,
  }),
})
