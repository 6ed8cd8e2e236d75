import { defect, source } from 'etalon'

export default defect('the consumer keeps every message it has noted', {
  refutes: ['TICK-PERF-10'],
  plant: source('src/consumer/intake/intake.ts', {
    find: '    for (const { channel, seq } of entries) this.#of(channel).settle(seq)\n',
    replace: `    for (const { channel, seq } of entries) this.#of(channel).settle(seq)
    const all = globalThis as unknown as { kept?: Buffer[] }
    for (const _one of entries) (all.kept ??= []).push(Buffer.alloc(20_000, 1))
`,
  }),
})
