import { defect, source } from 'etalon'

export default defect("who is not in a provider's answer is delisted", {
  refutes: ['TICK-SYN-06'],
  plant: source('src/producer/loader/reference.ts', {
    find: 'const [described] =',
    replace: `await tx.query({
      text: \`update symbols set active = false, delisted_at = now()
        where active and symbol <> all ($1)\`,
      values: [symbols.map(({ symbol }) => symbol)],
    })
    const [described] =`,
  }),
})
