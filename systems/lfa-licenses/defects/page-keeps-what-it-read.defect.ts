import { defect, rebuilt } from 'etalon'

export default defect('after a change the page goes on showing what it had read before', {
  refutes: ['LFA-T-47'],
  plant: rebuilt('web/change.ts', {
    find: 'await queryClient.invalidateQueries()',
    replace: '',
  }),
})
