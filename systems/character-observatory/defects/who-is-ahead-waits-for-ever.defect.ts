import { defect, source } from 'etalon'

export default defect('who asks for what comes after a number that was never told waits for it', {
  refutes: ['CHAR-WS-12'],
  plant: source('src/live/session.ts', {
    find: 'if (this.#sent > end) return',
    replace: 'if (this.#sent > end + Infinity) return',
  }),
})
