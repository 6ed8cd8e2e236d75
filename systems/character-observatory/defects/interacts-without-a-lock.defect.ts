import { defect, sources } from 'etalon'

export default defect('two characters are read, changed in memory and written without a lock', {
  refutes: ['CHAR-ENG-08', 'CHAR-T-53'],
  plant: sources(
    {
      file: 'src/operation/interact.ts',
      find: 'lockParticipants(tx, ids, userId),',
      replace: 'readParticipants(tx, ids, userId),',
    },
    {
      file: 'src/operation/interact.ts',
      find: '  lockParticipants,\n',
      replace: '',
    },
  ),
})
