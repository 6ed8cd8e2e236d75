import { defect, source } from 'etalon'

export default defect('streams are cut to a tenth of their bound', {
  refutes: ['TICK-RED-09'],
  plant: source('src/producer/relay/stream.ts', {
    find: "'MAXLEN', '~', ARGV[1],",
    replace: "'MAXLEN', '=', ARGV[1] / 10,",
  }),
})
