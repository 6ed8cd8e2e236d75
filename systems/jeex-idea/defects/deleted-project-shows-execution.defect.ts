import { defect, source } from 'etalon'

export default defect('an execution is read without looking at its project', {
  refutes: ['JEEX-R-02'],
  plant: source('src/routes/execution.ts', {
    find: `            requireProject(sql, actor, id),
            findExecution(`,
    replace: `            undefined,
            findExecution(`,
  }),
})
