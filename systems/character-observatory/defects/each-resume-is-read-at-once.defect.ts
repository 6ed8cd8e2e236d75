import { defect, source } from 'etalon'

export default defect('each resume is read at once, whatever else is being read', {
  refutes: ['CHAR-WS-12'],
  plant: source('src/live/session.ts', {
    find: 'if (this.#isReading) return\n    this.#isReading = true',
    replace: 'this.#isReading = true',
  }),
})
