import { defect, source } from 'etalon'

export default defect('what is kept of who is a member is not forgotten when one is removed', {
  refutes: ['CHAR-API-02'],
  plant: source('src/routes/ecosystem.ts', {
    find: "      await service.cache.changed({ kind: 'ecosystem', id: which })\n      if (removed.length === 0)",
    replace: '      if (removed.length === 0)',
  }),
})
