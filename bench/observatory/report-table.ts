import type { Instance } from '../../packages/etalon/src/environment/instance.ts'
import { quantileOf } from '../../packages/etalon/src/kernel/statistics/quantile.ts'
import { formatQuantity } from '../../packages/etalon/src/kernel/units.ts'
import { durationOf } from '../benchmark.ts'
import { openService } from '../service-rate.ts'
import { headersOf, meetingOf, type Pairs } from './crowd.ts'

const times = 200

/** What the report says of single requests, and what they take here, one at a time. */
export async function reportTable(instance: Instance, pairs: Pairs): Promise<string[]> {
  const [api] = instance.processes.values()
  const service = openService(api?.url ?? '', headersOf(instance, pairs.owner))
  const { ecosystem, characters } = pairs
  const one = (index: number): string => characters[index % 1_000] as string
  const read = (path: (index: number) => string) => (index: number) => service.call(path(index))
  const place = `/api/v1/ecosystems/${ecosystem}`
  const works: [name: string, reported: string, work: (index: number) => Promise<void>][] = [
    ['character list', '12 ms (was 180)', read(() => `${place}/characters`)],
    [
      'relationships of a character',
      '35 ms (was 220)',
      read((index) => `/api/v1/characters/${one(index)}/relationships`),
    ],
    [
      'messages of a character',
      '45 ms (was 340)',
      read((index) => `/api/v1/characters/${one(index)}/messages`),
    ],
    ['activity feed', '10 times faster by its index', read(() => `${place}/events`)],
    [
      'the way from one to another (complex query)',
      'P95 95 ms',
      read((index) => `/api/v1/graph/path?from=${one(index)}&to=${one(index * 7 + 500)}`),
    ],
    [
      'new character',
      '45 ms',
      (index) => service.call('/api/v1/characters', newcomer(pairs, index)),
    ],
    [
      'interaction, which updates the relationship',
      '85 ms; 25 ms of it the update',
      (index) => service.call('/api/v1/interactions', meetingOf(pairs, index)),
    ],
  ]
  const rows: string[] = []
  try {
    for (const [name, reported, work] of works) {
      const durations: number[] = []
      for (let index = -10; index < times; index += 1) {
        const durationMs = await durationOf(() => work(index + 10))
        if (index >= 0) durations.push(durationMs)
      }
      const mean = durations.reduce((sum, durationMs) => sum + durationMs, 0) / times
      const p95 = quantileOf(durations, 0.95, { unit: 'ms' })
      rows.push(`| ${name} | ${reported} | ${shown(mean)} | ${shown(p95.value)} |`)
    }
  } finally {
    await service.close()
  }
  return ['| | S3 reported, average | here, average | P95 |', '|---|---|---|---|', ...rows]
}

function newcomer({ nursery }: Pairs, index: number): object {
  return {
    ecosystem_id: nursery,
    name: `Newcomer ${index}`,
    description: 'Has just come.',
    personality_traits: {
      openness: 0.5,
      conscientiousness: 0.5,
      extraversion: 0.5,
      agreeableness: 0.5,
      neuroticism: 0.5,
    },
  }
}

function shown(durationMs: number): string {
  return formatQuantity(durationMs, 'ms')
}
