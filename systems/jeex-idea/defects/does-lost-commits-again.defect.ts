import { defect, source } from 'etalon'

export default defect('a write whose commit got no answer is done again', {
  refutes: ['JEEX-REL-003'],
  plant: source('src/database/database.ts', {
    find: 'if (isCommitting && isConnectionLost(error))',
    replace: 'if (isCommitting && !isConnectionLost(error))',
  }),
})
