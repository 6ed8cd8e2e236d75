import { defect, source } from 'etalon'

export default defect('who asks again is looked at anew before he gets the first result', {
  refutes: ['CHAR-INT-09'],
  plant: source('src/operation/interact.ts', {
    find: '  const earlier = await earlierResult(pool, seen, request)\n',
    replace:
      '  canInteract(seen, request, clock.now())\n' +
      '  const earlier = await earlierResult(pool, seen, request)\n',
  }),
})
