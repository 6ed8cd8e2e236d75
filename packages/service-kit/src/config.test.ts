import { expect, test } from 'vitest'
import { z } from 'zod'
import { readConfig, serviceVariables, switchVariable, type ConfigError } from './config.ts'

const schema = z.object({ ...serviceVariables, LOUD: switchVariable(false) })

const given = {
  DATABASE_URL: 'postgres://app@127.0.0.1/shop',
  REDIS_URL: 'redis://127.0.0.1',
  JWT_SECRET: 'x'.repeat(32),
}

test('fills in what has a default', () => {
  const config = readConfig(schema, { ...given, LOUD: 'true', PORT: '' })
  expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 8080, LOUD: true, LOG_LEVEL: 'info' })
})

test('lists every problem at once and shows no value', () => {
  const env = { REDIS_URL: 'http://elsewhere', JWT_SECRET: 'hunter2', LOUD: 'perhaps' }
  let problems: readonly string[] = []
  try {
    readConfig(schema, env)
  } catch (error) {
    problems = (error as ConfigError).problems
  }
  expect(problems).toHaveLength(4)
  expect(problems.join('\n')).toContain('DATABASE_URL is required')
  expect(problems.join('\n')).toContain('JWT_SECRET: must have at least 32 characters')
  expect(problems.join('\n')).not.toContain('hunter2')
})

test.each(['DATABASE_URL', 'REDIS_URL', 'JWT_SECRET'])('has no default for %s', (name) => {
  expect(() => readConfig(schema, { ...given, [name]: undefined })).toThrow(`${name} is required`)
})
