import { defect, source } from 'etalon'

export default defect('downloads at the same moment are counted once', {
  refutes: ['JEEX-API-20'],
  plant: source('src/store/export.ts', {
    find: 'set download_count = download_count + 1',
    replace: 'set download_count = (select e.download_count + 1 from exports e where e.id = $1)',
  }),
})
