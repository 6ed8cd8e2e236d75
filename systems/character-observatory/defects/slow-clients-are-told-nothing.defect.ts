import { defect, source } from 'etalon'

export default defect('who reads too slowly is let go without a word', {
  refutes: ['CHAR-WS-11'],
  plant: source('../../packages/service-kit/src/live-socket.ts', {
    find: "    this.send(JSON.stringify({ type: this.#limit.resyncType ?? 'resync', reason }))\n",
    replace: '',
  }),
})
