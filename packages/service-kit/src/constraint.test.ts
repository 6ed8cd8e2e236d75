import { describe, expect, test } from 'vitest'
import { fromDatabase, isRetryable, uniqueViolation } from './constraint.ts'
import { requestError } from './errors.ts'

function databaseError(code: string, constraint?: string): Error {
  return Object.assign(new Error('from the server'), { code, constraint })
}

describe('an error of the database', () => {
  test.each([
    ['23505', 'CONFLICT'],
    ['23503', 'CONFLICT'],
    ['23514', 'RULE_VIOLATED'],
    ['22003', 'RULE_VIOLATED'],
    ['22021', 'VALIDATION_FAILED'],
    ['57014', 'UNAVAILABLE'],
    ['40P01', 'UNAVAILABLE'],
    ['ECONNREFUSED', 'UNAVAILABLE'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNAVAILABLE'],
  ])('%s is told as %s', (code, expected) => {
    expect(fromDatabase(databaseError(code), {})?.code).toBe(expected)
  })

  test('is told as what its constraint means, where that is known', () => {
    const constraints = { seats_free: () => requestError('RATE_LIMITED') }
    const error = databaseError('23514', 'seats_free')
    expect(fromDatabase(error, constraints)?.code).toBe('RATE_LIMITED')
  })

  test('is a defect of ours when it is a mistake in SQL', () => {
    expect(fromDatabase(databaseError('42601'), {})).toBeUndefined()
    expect(fromDatabase(new Error('anything'), {})).toBeUndefined()
  })

  test.each(['Connection terminated unexpectedly', 'The server does not support SSL connections'])(
    'without a code says by its sentence that there is no connection: %s',
    (sentence) => {
      expect(fromDatabase(new Error(sentence), {})?.status).toBe(503)
    },
  )

  test('is worth another try after a deadlock or a serialization failure only', () => {
    expect(['40001', '40P01', '23505'].map((code) => isRetryable(databaseError(code)))).toEqual([
      true,
      true,
      false,
    ])
  })

  test('names the unique constraint', () => {
    expect(uniqueViolation(databaseError('23505', 'toys_name_key'))).toBe('toys_name_key')
    expect(uniqueViolation(databaseError('23514', 'toys_name_key'))).toBeUndefined()
  })
})
