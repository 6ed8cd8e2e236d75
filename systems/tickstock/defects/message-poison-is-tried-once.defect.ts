import { defect, source } from 'etalon'

export default defect('a message that cannot be noted is given up at once', {
  refutes: ['TICK-RED-10'],
  plant: source('src/consumer/intake/intake.ts', {
    find: 'const triesMax = 5',
    replace: 'const triesMax = 1',
  }),
})
