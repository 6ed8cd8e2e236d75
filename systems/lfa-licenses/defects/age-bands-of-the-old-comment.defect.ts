import { defect, source } from 'etalon'

export default defect('the age bands are those of the old SQL comments', {
  refutes: ['LFA-D-15'],
  plant: source('src/config.ts', {
    find: 'PRE:5-13,YOUTH:14-18,',
    replace: 'PRE:5-8,YOUTH:9-14,',
  }),
})
