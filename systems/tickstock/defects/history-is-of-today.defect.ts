import { defect, source } from 'etalon'

export default defect('whoever asks who was a member is told who is', {
  refutes: ['TICK-API-01'],
  plant: source('src/consumer/routes/universe.ts', {
    find: 'await listMembersAt(pool, key, at)',
    replace: 'await listMembersAt(pool, key, clock.now())',
  }),
})
