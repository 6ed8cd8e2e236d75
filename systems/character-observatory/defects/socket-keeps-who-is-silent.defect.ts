import { defect, source } from 'etalon'

export default defect('who answers no ping keeps the socket', {
  refutes: ['CHAR-WS-03'],
  plant: source('../../packages/service-kit/src/live-socket.ts', {
    find: '    if (this.#unanswered >= unansweredMax) return this.#wire.terminate()\n',
    replace: '',
  }),
})
