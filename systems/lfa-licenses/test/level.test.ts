import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextLevel, reachedLevel } from '../src/level.ts'
import { internship, playerProgress } from './ladder.ts'

describe('the progress ladder of players', () => {
  test.each([
    [25_000, 12, 2],
    [24_999, 12, 1],
    [25_000, 11, 1],
    [125_000, 32, 5],
    [225_000, 52, 7],
    [325_000, 72, 8],
  ])('%i XP and %i sessions reach level %i', (xp, sessions, level) => {
    expect(reachedLevel(playerProgress, { xp, sessions })).toBe(level)
  })

  test('XP alone never reaches a level', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (xp) => {
        expect(reachedLevel(playerProgress, { xp, sessions: 11 })).toBe(1)
      }),
    )
  })

  test('more of anything never lowers the level', () => {
    const experience = fc.record({ xp: fc.nat(400_000), sessions: fc.nat(40) })
    fc.assert(
      fc.property(experience, experience, (now, more) => {
        const later = { xp: now.xp + more.xp, sessions: now.sessions + more.sessions }
        expect(reachedLevel(playerProgress, later)).toBeGreaterThanOrEqual(
          reachedLevel(playerProgress, now),
        )
      }),
    )
  })
})

describe('the ladder of internships', () => {
  test.each([
    [0, 1],
    [999, 1],
    [2_000, 2],
    [5_050, 4],
    [10_000, 6],
    [22_500, 8],
  ])('%i XP are level %i', (xp, level) => {
    expect(reachedLevel(internship, { xp, sessions: 0 })).toBe(level)
  })

  test('ends at level 8', () => {
    expect(nextLevel(internship, 7)?.level).toBe(8)
    expect(nextLevel(internship, 8)).toBeUndefined()
  })
})
