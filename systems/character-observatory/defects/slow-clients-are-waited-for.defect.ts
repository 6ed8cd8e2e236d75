import { defect, source } from 'etalon'

export default defect('what a slow client has not read is kept without bound', {
  refutes: ['CHAR-WS-11'],
  plant: source('../../packages/service-kit/src/live-socket.ts', {
    find: '    if (this.#queue.length > messagesMax || this.#length > lengthMax) ',
    replace: '    if (messagesMax + lengthMax < 0) ',
  }),
})
