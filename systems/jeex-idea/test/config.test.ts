import { readConfig } from 'service-kit'
import { expect, test } from 'vitest'
import { databaseEnvironment, ownerEnvironment, serviceEnvironment } from '../src/config.ts'

const plain = 'postgres://app@db/jeex'
const base = {
  DATABASE_URL: `${plain}?sslmode=verify-full`,
  REDIS_URL: 'rediss://cache',
  JWT_SECRET: 'x'.repeat(32),
}
const read = (env: Record<string, string>) => readConfig(serviceEnvironment, { ...base, ...env })

test('has the figures of the specification', () => {
  expect(read({})).toMatchObject({
    PORT: 5210,
    ENVIRONMENT: 'production',
    DATABASE_POOL_SIZE: 20,
    DATABASE_POOL_OVERFLOW: 30,
    DATABASE_IDLE_MS: 900_000,
    ALERT_P95_MS: 100,
    SLOW_QUERY_MS: 250,
    EXPORT_LIFETIME_MS: 86_400_000,
    BACKUP_FULL_INTERVAL_MS: 86_400_000,
    BACKUP_INCREMENTAL_INTERVAL_MS: 21_600_000,
    BACKUP_KEEP_MS: 2_592_000_000,
  })
})

test.each([
  '',
  '?sslmode=disable',
  '?sslmode=prefer',
  '?sslmode=require&sslmode=disable',
  '?sslmode=verify-full&sslmode=require',
])('production refuses "%s"', (query) => {
  expect(() => read({ DATABASE_URL: plain + query })).toThrow('DATABASE_URL')
})

test('every connection counts', () => {
  expect(() => read({ BACKUP_DATABASE_URL: plain })).toThrow('BACKUP_DATABASE_URL')
  expect(() => read({ REDIS_URL: 'redis://cache' })).toThrow('REDIS_URL: must begin with rediss:')
})

test('the commands of the owner connect no other way', () => {
  expect(() => readConfig(ownerEnvironment, { MIGRATE_DATABASE_URL: plain })).toThrow('MIGRATE')
  expect(() => readConfig(databaseEnvironment, { DATABASE_URL: plain })).toThrow('DATABASE_URL')
})

test('development may do without', () => {
  expect(read({ ENVIRONMENT: 'development', DATABASE_URL: plain }).DATABASE_URL).toBe(plain)
})
