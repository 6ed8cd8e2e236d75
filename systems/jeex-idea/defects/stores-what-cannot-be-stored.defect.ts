import { defect, source } from 'etalon'

export default defect('data is not looked through for what PostgreSQL cannot store', {
  refutes: ['JEEX-SEC-002'],
  plant: source('src/schema/request.ts', {
    find: '.refine((value) => isStorable(value, depthMax), {',
    replace: '.refine(() => true, {',
  }),
})
