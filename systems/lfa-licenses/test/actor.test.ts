import { AppError } from 'service-kit'
import { expect, test } from 'vitest'
import { allowed, type Actor, type Purpose } from '../src/actor.ts'

const owner = 7
const license = (in_scope: boolean): { user_id: number; in_scope: boolean } => ({
  user_id: owner,
  in_scope,
})

/** Who may: read, hold, teach. */
test.each<[string, Actor, boolean, boolean[]]>([
  ['its student', { id: owner, role: 'STUDENT' }, false, [true, true, false]],
  ['another student', { id: 8, role: 'STUDENT' }, false, [false, false, false]],
  ['a student of the same semester', { id: 8, role: 'STUDENT' }, true, [false, false, false]],
  ['its instructor', { id: 9, role: 'INSTRUCTOR' }, true, [true, false, true]],
  ['another instructor', { id: 9, role: 'INSTRUCTOR' }, false, [false, false, false]],
  ['an instructor who owns it', { id: owner, role: 'INSTRUCTOR' }, true, [true, true, false]],
  ['an admin', { id: 1, role: 'ADMIN' }, false, [true, true, true]],
])('%s may read, hold and teach a licence as the table says', (_who, actor, inScope, expected) => {
  const purposes: Purpose[] = ['read', 'hold', 'teach']
  const granted = purposes.map((purpose) => {
    try {
      return allowed(actor, license(inScope), purpose).user_id === owner
    } catch (error) {
      expect((error as AppError).status).toBe(403)
      return false
    }
  })
  expect(granted).toEqual(expected)
})

test('what does not exist is not found, whoever asks', () => {
  const error = (() => {
    try {
      return allowed({ id: 1, role: 'STUDENT' }, undefined, 'read')
    } catch (thrown) {
      return thrown
    }
  })()
  expect(error).toBeInstanceOf(AppError)
  expect((error as AppError).status).toBe(404)
})
