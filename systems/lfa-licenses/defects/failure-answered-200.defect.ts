import { defect, source } from 'etalon'

export default defect('a failure is answered with 200, so that nobody in front of it notices', {
  refutes: ['LFA-OPS-02/failing'],
  plant: source('../../packages/service-kit/src/error-handler.ts', {
    find: 'return reply.code(error.status)',
    replace:
      'return reply.code(error.status >= 500 ? 200 : error.status).serializer(JSON.stringify)',
  }),
})
