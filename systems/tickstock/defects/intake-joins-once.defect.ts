import { defect, sources } from 'etalon'

const file = 'src/consumer/intake/stream.ts'

export default defect('the consumer does not join the streams again when Redis has forgotten it', {
  refutes: ['TICK-RES-02'],
  plant: sources(
    {
      file,
      find: 'const pageSize = 500\n',
      replace: 'const pageSize = 500\nconst joined = new Set()\n',
    },
    {
      file,
      find: '  async join(channel: Channel, cursor: number): Promise<void> {\n',
      replace: `  async join(channel: Channel, cursor: number): Promise<void> {
    if (joined.has(channel)) return
    joined.add(channel)
`,
    },
  ),
})
