import { expect, test } from 'vitest'
import { day, email, id, idText, instant, text, webUrl } from './field.ts'

test.each(['1', '42', '9007199254740991'])('%s is an id', (value) => {
  expect(idText.parse(value)).toBe(Number(value))
})

test.each(['0', '-1', '1.5', '1e3', '0x10', ' 7', '', '9007199254740992', "1' or '1'='1"])(
  '%j is no id',
  (value) => {
    expect(idText.safeParse(value).success).toBe(false)
  },
)

test('an id in a body is a number', () => {
  expect(id.safeParse(7).success).toBe(true)
  expect(id.safeParse('7').success).toBe(false)
})

test('text has bounds and no NUL', () => {
  const name = text({ min: 2, max: 3 })
  expect(['a', 'ab', 'abc', 'abcd', 'a\0'].map((value) => name.safeParse(value).success)).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
})

test.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['1899-12-31', false],
  ['2024-2-9', false],
])('the day %s is accepted: %s', (value, expected) => {
  expect(day.safeParse(value).success).toBe(expected)
})

test('an instant needs an offset and becomes a date', () => {
  expect(instant.parse('2026-01-31T18:00:00+02:00')).toEqual(new Date('2026-01-31T16:00:00Z'))
  expect(instant.safeParse('2026-01-31T18:00:00').success).toBe(false)
})

test('an address on the web is http or https', () => {
  expect(webUrl.safeParse('https://bank.example/receipt/1').success).toBe(true)
  expect(webUrl.safeParse('javascript:alert(1)').success).toBe(false)
})

test('an e-mail address is kept in lower case', () => {
  expect(email.parse('Ann@Example.org')).toBe('ann@example.org')
})
