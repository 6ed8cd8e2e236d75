import { expect, test } from 'vitest'
import { generatePassword, hashPassword, verifyPassword } from './password.ts'

test('a password belongs to its hash, and another does not', async () => {
  const hash = await hashPassword('Käsekuchen 🍰')
  expect(hash).toMatch(/^scrypt\$16384\$8\$5\$/)
  expect(await verifyPassword('Käsekuchen 🍰', hash)).toBe(true)
  expect(await verifyPassword('Käsekuchen', hash)).toBe(false)
})

test('the same password gets a different hash each time', async () => {
  expect(await hashPassword('twice')).not.toBe(await hashPassword('twice'))
})

test('without a hash nothing belongs', async () => {
  expect(await verifyPassword('', undefined)).toBe(false)
  expect(await verifyPassword('anything', 'plain-text')).toBe(false)
})

test('generated passwords are long and differ', () => {
  const passwords = Array.from({ length: 100 }, generatePassword)
  expect(new Set(passwords).size).toBe(100)
  expect(passwords.every((password) => password.length === 24)).toBe(true)
})
