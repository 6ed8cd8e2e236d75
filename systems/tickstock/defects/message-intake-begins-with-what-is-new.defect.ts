import { defect, source } from 'etalon'

export default defect('a consumer that was offline begins with what is new', {
  refutes: ['TICK-RED-08'],
  plant: source('src/consumer/intake/intake.ts', {
    find: 'await streams.goOnAfter(channel, this.#of(channel).last)',
    replace: 'await streams.goOnAfter(channel, await streams.lastSeq(channel))',
  }),
})
