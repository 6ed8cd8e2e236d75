import { defect, source } from 'etalon'

export default defect('events pile up for a listener who does not read', {
  refutes: ['JEEX-API-23/listeners'],
  plant: source('src/paced-write.ts', {
    find: 'if (response.write(text)) return',
    replace: 'if (response.write(text) || response.writableNeedDrain) return',
  }),
})
