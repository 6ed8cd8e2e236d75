import { defect, source } from 'etalon'

export default defect('who is no member any more goes on watching', {
  refutes: ['CHAR-WS-01'],
  plant: source('../../packages/service-kit/src/live-route.ts', {
    find: '      await options.admit?.(request)\n      return true\n',
    replace: '      return true\n',
  }),
})
