import { defect, source } from 'etalon'

const unasked = Array.from(
  { length: 250 },
  (_, number) => `export function unasked${number}(): number {\n  return ${number}\n}\n`,
)

export default defect('the service holds much code that no test reaches', {
  refutes: ['CHAR-PERF-11'],
  plant: source('src/service.ts', {
    find: 'export interface Service ',
    replace: `${unasked.join('')}export interface Service `,
  }),
})
