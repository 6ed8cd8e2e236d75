import { defect, source } from 'etalon'

export default defect('a client may say as much as it likes', {
  refutes: ['CHAR-WS-11/talkative'],
  plant: source('src/live/session.ts', {
    find: 'if (this.#allowance.covers(performance.now())) answer(text)',
    replace: 'if (socket.isOpen) answer(text)',
  }),
})
