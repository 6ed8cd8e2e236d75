import { defect, source } from 'etalon'

export default defect('a report of a failure repeats the words of the error', {
  refutes: ['CHAR-OPS-02/failures'],
  plant: source('src/failure/envelope.ts', {
    find: 'value: codeOf(error),',
    replace: "value: error instanceof Error ? error.message : '',",
  }),
})
