import type { RunRecord } from '../../evidence/run-record.ts'

/** What a run's record tells beside its claims. */
export const circumstances = {
  schema: 1,
  id: '2026-11-20T18-02-11-4f1c22ab-913',
  seed: '4f1c22ab',
  startedAt: '2026-11-20T18:02:11.402Z',
  durationMs: 312_480,
  etalonVersion: '0.1.0',
  services: [
    { name: 'PostgreSQL', version: '18.4', origin: 'embedded' },
    { name: 'Redis', version: '7.0.15', origin: '/usr/bin/redis-server' },
  ],
  fingerprint: {
    commit: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d',
    dirty: true,
    node: 'v24.11.0',
    platform: 'linux 6.18.44 x64',
    cpu: 'Intel(R) Xeon(R) Processor @ 2.50GHz',
    cores: 2,
    memoryBytes: 25_276_514_304,
    loadAverage: 0.42,
    machineClass: '3ef76b93d005',
  },
  problems: ['redis: SAVE is switched off on this server; its durability is not judged'],
} as const satisfies Partial<RunRecord>
