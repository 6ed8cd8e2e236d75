import { defect, source } from 'etalon'

export default defect('a message that cannot be read ends the consumer', {
  refutes: ['TICK-BND-05'],
  plant: source('src/consumer/intake/intake.ts', {
    find: "    log.error({ channel, id, reason }, 'a message was given up')\n",
    replace:
      "    log.error({ channel, id, reason }, 'a message was given up')\n    process.exit(1)\n",
  }),
})
