import { defect, source } from 'etalon'

export default defect('a change of a universe has the consumer correlate its members', {
  refutes: ['TICK-BND-03'],
  plant: source('src/consumer/intake/intake.ts', {
    find: '      await noteMessages(this.#connection, messages, channels, cursors)\n',
    replace: `      await noteMessages(this.#connection, messages, channels, cursors)
      await this.#connection.query(
        'select corr(a.close, b.close) from historical_data a join historical_data b using (date)')
`,
  }),
})
