import { defect, source } from 'etalon'

export default defect('any page may open a socket with the session of who looks at it', {
  refutes: ['TICK-API-02/strangers'],
  plant: source('../../packages/service-kit/src/live-route.ts', {
    find: '        refuseForeignPage(request)\n',
    replace: '',
  }),
})
