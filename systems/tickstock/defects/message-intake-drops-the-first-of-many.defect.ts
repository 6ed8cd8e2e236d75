import { defect, source } from 'etalon'

export default defect('the consumer leaves out the first of several messages', {
  refutes: ['TICK-T-12'],
  plant: source('src/consumer/intake/intake.ts', {
    find: "entries.map(({ text }) => text).join(',')",
    replace: "entries.slice(entries.length > 1 ? 1 : 0).map(({ text }) => text).join(',')",
  }),
})
