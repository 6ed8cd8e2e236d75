import { defect, source } from 'etalon'

export default defect('the environment check takes any database function for the one it needs', {
  refutes: ['TICK-CLI-04'],
  plant: source('src/producer/store/environment.ts', {
    find: 'where proname = name and pg_function_is_visible(oid)',
    replace: 'where pg_function_is_visible(oid)',
  }),
})
