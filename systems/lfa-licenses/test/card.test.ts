import { expect, test } from 'vitest'
import { levelsOf, lockedCard } from '../src/card.ts'
import type { Level, Requirement } from '../src/level.ts'
import { promotionRequirements } from '../src/promotion.ts'
import type { GancujuRow } from '../src/schema/license.ts'
import { gancuju } from './ladder.ts'

const row: GancujuRow = {
  id: 1,
  user_id: 2,
  is_active: true,
  created_at: new Date(0),
  updated_at: new Date(0),
  ladder_version: 1,
  current_level: 4,
  max_achieved_level: 6,
  eligible_level: 4,
  sessions_attended: 0,
  competitions_entered: 4,
  competitions_won: 3,
  win_rate: 75,
  teaching_hours: 12,
  last_advanced_at: null,
}

const takes =
  (of: GancujuRow) =>
  (next: Level): Requirement[] =>
    promotionRequirements(next, of, 0, { requireSessions: false, requireDaysInLevel: false })

test('a card shows all that the next level takes, whether it is there yet or not', () => {
  const { level, max_achieved_level, next_level } = levelsOf(gancuju, row, takes(row))
  expect(level).toEqual({ level: 4, name: 'Level 4', color: null })
  expect(max_achieved_level).toBe(6)
  expect(next_level?.level).toBe(5)
  expect(next_level?.requirements).toEqual([
    { requirement: 'competitions_entered', needed: 4, actual: 4 },
    { requirement: 'competitions_won', needed: 3, actual: 3 },
    { requirement: 'win_rate_percent', needed: 50, actual: 75 },
    { requirement: 'teaching_hours', needed: 20, actual: 12 },
  ])
})

test('what a level does not take is not on the card', () => {
  const beginner = { ...row, current_level: 1, max_achieved_level: 1 }
  const { next_level } = levelsOf(gancuju, beginner, takes(beginner))
  expect(next_level?.requirements.map(({ requirement }) => requirement)).toEqual([
    'competitions_entered',
    'competitions_won',
  ])
})

test('there is nothing above the highest level', () => {
  const master = { ...row, current_level: 8, max_achieved_level: 8 }
  expect(levelsOf(gancuju, master, () => []).next_level).toBeNull()
})

test('a card without a licence says so', () => {
  expect(lockedCard('COACH')).toMatchObject({
    specialization_type: 'COACH',
    license_id: null,
    is_active: false,
  })
})
