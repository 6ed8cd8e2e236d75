import { defect, source } from 'etalon'

export default defect('every tenth count is lost', {
  refutes: ['COUNT-01'],
  plant: source('server.ts', {
    find: "if (request.method === 'POST') count += 1",
    replace: "if (request.method === 'POST' && Math.random() < 0.9) count += 1",
  }),
})
