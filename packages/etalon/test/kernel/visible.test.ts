import { expect, test } from 'vitest'
import { visible } from '../../src/kernel/visible.ts'

test('what a terminal would obey is written out, in one line', () => {
  const forged = 'wrong\u001b[1A\u001b[2K\u2713 S-1\r\n::stop::\u202e\u0007'
  expect(visible(forged)).toBe('wrong\\u001b[1A\\u001b[2K\u2713 S-1 ::stop::\\u202e\\u0007')
})

test('text of any language stays', () => {
  expect(visible('gr\u00fc\u00dfe \u2265 5 \u00d7, \u062d, \ud83d\ude00')).toBe(
    'gr\u00fc\u00dfe \u2265 5 \u00d7, \u062d, \ud83d\ude00',
  )
})
