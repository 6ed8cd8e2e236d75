import { defect, rebuilt } from 'etalon'

export default defect('the page waits two seconds before it shows anything', {
  refutes: ['CHAR-PERF-10'],
  plant: rebuilt('web/main.tsx', {
    find: 'mount(<App />, service.queryClient)',
    replace: 'setTimeout(() => mount(<App />, service.queryClient), 2_000)',
  }),
})
