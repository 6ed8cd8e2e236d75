import { defect, source } from 'etalon'

export default defect('a lost competition is not counted as entered', {
  refutes: ['LFA-API-02'],
  plant: source('src/routes/gancuju.ts', {
    find: '{ entered: 1, won: won ? 1 : 0 }',
    replace: '{ entered: won ? 1 : 0, won: won ? 1 : 0 }',
  }),
})
