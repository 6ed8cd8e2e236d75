import { defect, source } from 'etalon'

export default defect('the consumer tells by Redis what it has heard', {
  refutes: ['TICK-BND-01'],
  plant: source('src/consumer/intake/stream.ts', {
    find: '        return this.#asking.xAck(channel, group, ids)\n',
    replace: `        void this.#asking.publish('tickstock.consumer.heard', ids.join()).catch(() => undefined)
        return this.#asking.xAck(channel, group, ids)
`,
  }),
})
