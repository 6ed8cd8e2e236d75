import { defect, source } from 'etalon'

export default defect('whoever is signed in may watch any ecosystem', {
  refutes: ['CHAR-WS-01'],
  plant: source('src/live/start.ts', {
    find: "      await ecosystemFor(service, callerOf(request), ecosystem, 'see')\n",
    replace: '',
  }),
})
