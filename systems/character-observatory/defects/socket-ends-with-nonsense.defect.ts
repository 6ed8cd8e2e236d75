import { defect, source } from 'etalon'

export default defect('a socket ends with the first message that cannot be understood', {
  refutes: ['CHAR-WS-10'],
  plant: source('src/live/session.ts', {
    find: "if (typeof said === 'string') return this.#say({ type: 'error', message: said })",
    replace: "if (typeof said === 'string') return this.#socket.end(1008, said)",
  }),
})
