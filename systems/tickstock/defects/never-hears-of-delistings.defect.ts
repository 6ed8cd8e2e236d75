import { defect, source } from 'etalon'

export default defect('what a provider says was delisted goes on trading', {
  refutes: ['TICK-SYN-06'],
  plant: source('src/producer/store/reference.ts', {
    find: 'not is_gone, case when is_gone then',
    replace: 'true, case when false then',
  }),
})
