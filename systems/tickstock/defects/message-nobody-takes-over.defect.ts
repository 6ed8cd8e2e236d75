import { defect, sources } from 'etalon'

export default defect('what a dead reader was given is left to it for an hour', {
  refutes: ['TICK-RED-10/take-over'],
  plant: sources(
    {
      file: 'src/consumer/intake/stream.ts',
      find: 'xAutoClaim(channel, group, name, idleMs, from, page)',
      replace: 'xAutoClaim(channel, group, name, 3_600_000, from, page)',
    },
    {
      file: 'src/consumer/intake/intake.ts',
      find: 'await streams.goOnAfter(channel, this.#of(channel).last)',
      replace: '',
    },
  ),
})
