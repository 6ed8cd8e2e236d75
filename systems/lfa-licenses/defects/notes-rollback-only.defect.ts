import { defect, source } from 'etalon'

export default defect('a rollback is noted as done, and undoes nothing', {
  refutes: ['LFA-T-63'],
  plant: source('../../packages/service-kit/src/migrate.ts', {
    find: 'singleTransaction: true,',
    replace: "singleTransaction: true, fake: direction === 'down',",
  }),
})
