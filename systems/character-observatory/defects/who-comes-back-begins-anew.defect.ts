import { defect, source } from 'etalon'

export default defect('who comes back hears only what comes from then on', {
  refutes: ['CHAR-WS-12', 'CHAR-WS-12/kills'],
  plant: source('src/live/session.ts', {
    find: 'this.#sendFrom(lastSeq ?? seq)',
    replace: 'this.#sendFrom(seq)',
  }),
})
