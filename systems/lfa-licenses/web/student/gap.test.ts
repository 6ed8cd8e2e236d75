import { expect, test } from 'vitest'
import type { Card, Progress } from '../api.ts'
import { gapMeters } from './gap.ts'

const level = (needed: number, actual: number): Pick<Card, 'next_level'> => ({
  next_level: {
    level: 2,
    name: 'Junior',
    color: null,
    requirements: [{ requirement: 'total_xp', needed, actual }],
  },
})

const progress = {
  total_xp: 36_500,
  completed_sessions: 15,
  xp_needed: 8_500,
  sessions_needed: 0,
  next_level: { level: 3, required_xp: 45_000, required_sessions: 15 },
} as Progress

test('both gaps of the progress ladder come first, then those of the licence', () => {
  expect(gapMeters(level(1_000, 400) as Card, progress)).toEqual([
    { label: 'Training XP for level 3', value: 36_500, max: 45_000, note: '8,500 XP to go' },
    { label: 'Training sessions for level 3', value: 15, max: 15, note: 'reached' },
    { label: 'XP', value: 400, max: 1_000, note: '400 of 1,000 XP' },
  ])
})

test('at the top there is nothing to show', () => {
  expect(gapMeters({ next_level: null } as Card, undefined)).toEqual([])
})
