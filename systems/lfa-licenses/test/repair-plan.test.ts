import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planRepair, type PairState } from '../src/repair-plan.ts'
import { playerProgress } from './ladder.ts'

const now = new Date('2026-03-01T12:00:00Z')
const enough = 325_000

function pair(progress: number | null, license: number | null): PairState {
  return {
    progress: progress === null ? undefined : { current_level: progress, total_xp: enough },
    license:
      license === null
        ? undefined
        : {
            current_level: license,
            max_achieved_level: license,
            is_active: true,
            expires_at: null,
          },
  }
}

const plan = (state: PairState, direction: Parameters<typeof planRepair>[2]): object =>
  planRepair(playerProgress, state, direction, now)

describe('two levels that differ', () => {
  const down = 'progress_to_license'
  const up = 'license_to_progress'
  test.each([
    { progress: 8, license: 6, direction: down, level: 8, action: 'sync_progress_to_license' },
    { progress: 3, license: 5, direction: down, level: 3, action: 'sync_progress_to_license' },
    { progress: 8, license: 6, direction: up, level: 6, action: 'sync_license_to_progress' },
    {
      progress: 8,
      license: 6,
      direction: 'recommended',
      level: 8,
      action: 'sync_progress_to_license',
    },
    {
      progress: 3,
      license: 5,
      direction: 'recommended',
      level: 5,
      action: 'sync_license_to_progress',
    },
  ] as const)(
    '$progress and $license agree on $level, $direction',
    ({ direction, level, action, ...of }) => {
      expect(plan(pair(of.progress, of.license), direction)).toEqual({ level, actions: [action] })
    },
  )
})

test.each(['progress_to_license', 'license_to_progress', 'recommended'] as const)(
  'a missing side is made from the other, %s',
  (direction) => {
    expect(plan(pair(4, null), direction)).toEqual({
      level: 4,
      actions: ['create_license_from_progress'],
    })
    expect(plan(pair(null, 4), direction)).toEqual({
      level: 4,
      actions: ['create_progress_from_license'],
    })
    expect(plan(pair(null, null), direction)).toEqual({ level: null, actions: [] })
  },
)

test('XP below the level is raised, a maximum below it lifted, an expired licence closed', () => {
  const state: PairState = {
    progress: { current_level: 5, total_xp: 10 },
    license: {
      current_level: 5,
      max_achieved_level: 4,
      is_active: true,
      expires_at: new Date('2026-02-28T12:00:00Z'),
    },
  }
  expect(plan(state, 'progress_to_license')).toEqual({
    level: 5,
    actions: ['raise_xp_to_level', 'raise_max_level', 'deactivate_license'],
  })
})

test('nothing is done where nothing is wrong', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), (level) => {
      expect(plan(pair(level, level), 'recommended')).toEqual({ level, actions: [] })
    }),
  )
})
