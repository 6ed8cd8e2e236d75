import { defect, rebuilt } from 'etalon'

export default defect('the page counts the changes that a message names, not those it tells of', {
  refutes: ['TICK-UI-02'],
  plant: rebuilt('web/live/notice-sentence.ts', {
    find: 'const { added_count = added.length, removed_count = removed.length } = payload\n',
    replace: 'const [added_count, removed_count] = [added.length, removed.length]\n',
  }),
})
