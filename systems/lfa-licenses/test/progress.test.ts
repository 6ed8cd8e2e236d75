import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advanced, distanceOf, levelOf, placedAt, type Progress } from '../src/progress.ts'
import { ladderOf, playerProgress } from './ladder.ts'

const rules = { requireHours: true }
const begun: Progress = {
  current_level: 1,
  total_xp: 0,
  completed_sessions: 0,
  completed_projects: 0,
  theory_hours_completed: 0,
  practice_hours_completed: 0,
}
const nothing = {
  xp_gained: 0,
  sessions_completed: 0,
  projects_completed: 0,
  theory_hours: 0,
  practice_hours: 0,
}
/** The first row asks for something that nobody has to have who starts there. */
const internshipProgress = ladderOf([
  { required_xp: 10_000, required_sessions: 15 },
  { required_xp: 18_000, required_sessions: 18 },
  { required_xp: 28_000, required_sessions: 22 },
])
const coachProgress = ladderOf([
  {},
  { required_xp: 35_000, required_sessions: 18, theory_hours: 70, practice_hours: 110 },
])

describe('what is gained', () => {
  test('25,000 XP and 12 sessions rise from 1 to 2', () => {
    const gain = { ...nothing, xp_gained: 25_000, sessions_completed: 12 }
    expect(advanced(playerProgress, begun, gain, rules)).toMatchObject({
      current_level: 2,
      total_xp: 25_000,
      completed_sessions: 12,
    })
  })

  test('one gain may pass several levels', () => {
    const two = { ...begun, current_level: 2, total_xp: 25_000, completed_sessions: 12 }
    const gain = { ...nothing, xp_gained: 300_000, sessions_completed: 60 }
    expect(advanced(playerProgress, two, gain, rules).current_level).toBe(8)
  })

  test('the same gains in any order and any parts end at the same level', () => {
    const gains = fc.array(fc.record({ xp: fc.nat(90_000), sessions: fc.nat(12) }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(gains, (parts) => {
        const add = (progress: Progress, xp: number, sessions: number): Progress =>
          advanced(
            playerProgress,
            progress,
            { ...nothing, xp_gained: xp, sessions_completed: sessions },
            rules,
          )
        const sumXp = parts.reduce((sum, { xp }) => sum + xp, 0)
        const sumSessions = parts.reduce((sum, { sessions }) => sum + sessions, 0)
        const inParts = parts.reduce((at, { xp, sessions }) => add(at, xp, sessions), begun)
        expect(inParts).toEqual(add(begun, sumXp, sumSessions))
      }),
    )
  })

  test('a level that was given does not fall', () => {
    expect(levelOf(playerProgress, { ...begun, current_level: 5 }, rules)).toBe(5)
  })

  test('hours hold a level back only where they are required', () => {
    const gain = { ...nothing, xp_gained: 40_000, sessions_completed: 20, theory_hours: 69 }
    expect(advanced(coachProgress, begun, gain, rules).current_level).toBe(1)
    expect(advanced(coachProgress, begun, gain, { requireHours: false }).current_level).toBe(2)
  })
})

describe('the distance to the next level', () => {
  test('names both gaps and the lesser share of the way', () => {
    const progress = { ...begun, total_xp: 20_000, completed_sessions: 3 }
    expect(distanceOf(playerProgress, progress, rules)).toMatchObject({
      max_level: 8,
      is_max_level: false,
      can_level_up: false,
      xp_percent: 80,
      sessions_percent: 25,
      progress_percent: 25,
      xp_needed: 5_000,
      sessions_needed: 9,
    })
  })

  test('counts from what this level took', () => {
    const progress = { ...begun, current_level: 2, total_xp: 35_000, completed_sessions: 12 }
    expect(distanceOf(playerProgress, progress, rules)).toMatchObject({
      xp_percent: 50,
      sessions_percent: 0,
    })
  })

  test('does not count what the first level says', () => {
    const progress = { ...begun, total_xp: 9_000, completed_sessions: 9 }
    expect(distanceOf(internshipProgress, progress, rules)).toMatchObject({
      xp_percent: 50,
      sessions_percent: 50,
    })
  })

  test('is 100 percent only when nothing is missing', () => {
    const progress = { ...begun, total_xp: 24_999, completed_sessions: 12 }
    const distance = distanceOf(playerProgress, progress, rules)
    expect(distance.xp_percent).toBeLessThan(100)
    expect(distance.can_level_up).toBe(false)
  })

  test('is nothing at the top', () => {
    const progress = { ...begun, current_level: 8, total_xp: 325_000, completed_sessions: 72 }
    expect(distanceOf(playerProgress, progress, rules)).toMatchObject({
      next_level: null,
      is_max_level: true,
      can_level_up: false,
      progress_percent: 100,
      xp_needed: 0,
    })
  })
})

test('progress put at a level has what the level takes, and loses nothing', () => {
  fc.assert(
    fc.property(fc.nat(400_000), fc.nat(60), fc.integer({ min: 1, max: 8 }), (xp, sessions, to) => {
      const progress = { ...begun, total_xp: xp, completed_sessions: sessions }
      const placed = placedAt(playerProgress, progress, to)
      const takes = playerProgress[to - 1]
      expect(placed.current_level).toBe(to)
      expect(placed.total_xp).toBe(Math.max(xp, takes?.required_xp ?? 0))
      expect(placed.completed_sessions).toBe(Math.max(sessions, takes?.required_sessions ?? 0))
    }),
  )
})
