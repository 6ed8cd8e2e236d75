import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gapsOf, type Level } from '../src/level.ts'
import { eligibleLevel, promotionRequirements, type GancujuRecord } from '../src/promotion.ts'
import { gancuju } from './ladder.ts'

const lenient = { requireSessions: false, requireDaysInLevel: false }
const strict = { requireSessions: true, requireDaysInLevel: true }

const journey: GancujuRecord = {
  current_level: 1,
  sessions_attended: 0,
  competitions_entered: 4,
  competitions_won: 3,
  teaching_hours: 25,
}

const level = (number: number): Level => gancuju[number - 1] as Level
const gapsFor = (number: number, record: GancujuRecord, days = 0, rules = lenient): string[] =>
  gapsOf(promotionRequirements(level(number), record, days, rules)).map((gap) => gap.requirement)

describe('a promotion', () => {
  test('to level 5 takes 4 competitions, 3 of them won, and 20 hours', () => {
    expect(gapsFor(5, journey)).toEqual([])
    expect(gapsFor(5, { ...journey, teaching_hours: 19 })).toEqual(['teaching_hours'])
    expect(gapsFor(5, { ...journey, competitions_won: 2 })).toEqual(['competitions_won'])
  })

  test('takes a win rate that is compared exactly', () => {
    const record = {
      ...journey,
      competitions_entered: 22,
      competitions_won: 15,
      teaching_hours: 200,
    }
    expect(gapsFor(8, record)).toEqual([])
    expect(gapsFor(8, { ...record, competitions_entered: 25 })).toEqual([])
    expect(gapsFor(8, { ...record, competitions_entered: 26 })).toEqual(['win_rate_percent'])
  })

  test('takes sessions and days where that is asked for', () => {
    expect(gapsFor(2, journey, 29, strict)).toEqual(['sessions_attended', 'days_in_level'])
    expect(gapsFor(2, { ...journey, sessions_attended: 5 }, 30, strict)).toEqual([])
  })
})

describe('the eligible level', () => {
  test('is found step by step', () => {
    expect(eligibleLevel(gancuju, journey, lenient)).toBe(5)
    expect(eligibleLevel(gancuju, { ...journey, teaching_hours: 0 }, lenient)).toBe(4)
  })

  test('asks for sessions where that is asked for, and never for days', () => {
    expect(eligibleLevel(gancuju, { ...journey, sessions_attended: 15 }, strict)).toBe(3)
  })

  const records = fc
    .record({
      current_level: fc.integer({ min: 1, max: 8 }),
      sessions_attended: fc.nat(200),
      competitions_entered: fc.nat(40),
      competitions_won: fc.nat(40),
      teaching_hours: fc.nat(300),
    })
    .map((record) => ({
      ...record,
      competitions_won: Math.min(record.competitions_won, record.competitions_entered),
    }))

  test('is never below the level that is held', () => {
    fc.assert(
      fc.property(records, fc.boolean(), (record, requireSessions) => {
        const rules = { requireSessions, requireDaysInLevel: false }
        expect(eligibleLevel(gancuju, record, rules)).toBeGreaterThanOrEqual(record.current_level)
      }),
    )
  })

  test('is one for which every step on the way has no gap', () => {
    fc.assert(
      fc.property(records, (record) => {
        const eligible = eligibleLevel(gancuju, record, lenient)
        for (let step = record.current_level + 1; step <= eligible; step += 1) {
          expect(gapsFor(step, record)).toEqual([])
        }
        if (eligible < 8) expect(gapsFor(eligible + 1, record)).not.toEqual([])
      }),
    )
  })
})
