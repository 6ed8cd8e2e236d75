import { defect, source } from 'etalon'

export default defect('two may take the last place of an ecosystem', {
  refutes: ['CHAR-DB-02/full'],
  plant: source('src/routes/character.ts', {
    find: 'await lockEcosystem(tx, body.ecosystem_id)\n',
    replace: '\n',
  }),
})
