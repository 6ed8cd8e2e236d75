import { defect, source } from 'etalon'

export default defect('the report of indexes overlooks one that another covers', {
  refutes: ['JEEX-T-10'],
  plant: source('src/store/report.ts', {
    find: 'and (other.keys <> o.keys or other.indexrelid < o.indexrelid or other.indisunique)',
    replace: 'and other.keys <> o.keys',
  }),
})
