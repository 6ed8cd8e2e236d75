import { defect, source } from 'etalon'

export default defect(
  'the consumer borrows a constant of the producer, by way of what both share',
  {
    refutes: ['TICK-BND-02'],
    plant: source('src/message/channel.ts', {
      find: 'export const allChannels: readonly Channel[] = Object.values(channels)\n',
      replace: `export const allChannels: readonly Channel[] = Object.values(channels)
export const lateness = async () => (await import('../producer/sync/band.ts')).bands
`,
    }),
  },
)
