import { expect, test } from 'vitest'
import { programmeStatus } from '../src/programme.ts'

test('the programme ends with the approval of the capstone', () => {
  expect(programmeStatus(22_499, null)).toBe('in_progress')
  expect(programmeStatus(22_500, null)).toBe('awaiting_capstone')
  expect(programmeStatus(22_500, new Date())).toBe('completed')
})
