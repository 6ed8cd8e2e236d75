import { defect, source } from 'etalon'

export default defect('the licence is synced by every update, with or without a new level', {
  refutes: ['LFA-CPL-02'],
  plant: source('src/operation/progress.ts', {
    find: 'newLevel > oldLevel ? await syncFor',
    replace: 'newLevel >= oldLevel ? await syncFor',
  }),
})
