import { defect, sources } from 'etalon'

export default defect(
  'whoever asks for a backup opens a connection to hear that one is being taken',
  {
    refutes: ['JEEX-REQ-004'],
    plant: sources(
      {
        file: 'src/operation/backup.ts',
        find: 'if (!waits && spare.isUsedBy(connectionName))',
        replace: 'if (false)',
      },
      {
        file: 'src/database/spare-connection.ts',
        find: 'const working = this.#last.then(() => work(url))',
        replace: 'const working = work(url)',
      },
    ),
  },
)
