import { expect, test } from 'vitest'
import { attendanceXp, type SessionType } from '../src/attendance-xp.ts'

test.each<[SessionType, number, number | undefined, number]>([
  ['HYBRID', 4, 95, 240],
  ['HYBRID', 4, 90, 240],
  ['VIRTUAL', 5, 89.99, 175],
  ['VIRTUAL', 0, 70, 125],
  ['VIRTUAL', 0, 69.99, 50],
  ['ON_SITE', 5, 100, 100],
  ['HYBRID', 0, undefined, 50],
])('%s with rating %d and quiz %s earns %i', (sessionType, rating, quiz, xp) => {
  const participation = {
    sessionType,
    baseXp: 50,
    instructorRating: rating,
    quizScorePercent: quiz,
  }
  expect(attendanceXp(participation)).toBe(xp)
})
