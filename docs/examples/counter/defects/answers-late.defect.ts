import { defect, source } from 'etalon'

export default defect('answers are held back', {
  refutes: ['COUNT-02'],
  plant: source('server.ts', {
    find: 'response.end(JSON.stringify({ count }))',
    replace: 'setTimeout(() => response.end(JSON.stringify({ count })), 60)',
  }),
})
