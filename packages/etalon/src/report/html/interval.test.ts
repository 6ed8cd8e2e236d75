import { expect, test } from 'vitest'
import { formatTarget, type Target } from '../../kernel/judge.ts'
import { proof } from '../testing/sample-run.ts'
import { intervalGraphic } from './interval.ts'

const draw = (
  bound: Target | undefined,
  [value, low, high]: readonly [number, number | null, number | null],
  reported?: string,
): string =>
  intervalGraphic(
    proof('upheld', {
      ...(bound ? { bound, target: formatTarget(bound, 'ms') } : {}),
      estimate: {
        value,
        low,
        high,
        unit: 'ms',
        confidence: 0.95,
        samples: 10,
        method: 'm',
      },
    }),
    reported,
  )?.text ?? ''

const number = (svg: string, pattern: RegExp): number => Number(pattern.exec(svg)?.[1])
const target = /class="target" x1="([\d.]+)"/
const value = /class="value" cx="([\d.]+)"/
const start = /class="span" x="([\d.]+)"/

test('an interval below its bound ends left of the target', () => {
  const svg = draw({ kind: 'below', bound: 100 }, [60, 50, 70])
  const width = number(svg, /class="span" .*width="([\d.]+)" height="6"/)
  expect(number(svg, start) + width).toBeLessThan(number(svg, target))
  expect(number(svg, value)).toBeGreaterThan(number(svg, start))
})

test('an interval across its bound has the target inside', () => {
  const svg = draw({ kind: 'at-least', bound: 60 }, [60, 50, 70])
  expect(number(svg, start)).toBeLessThan(number(svg, target))
  expect(number(svg, value)).toBeCloseTo(number(svg, target), 1)
})

test('an unbounded side reaches the edge', () => {
  const svg = draw({ kind: 'at-least', bound: 10 }, [60, 50, null])
  const width = number(svg, /class="span" .*width="([\d.]+)" height="6"/)
  expect(number(svg, start) + width).toBeCloseTo(168, 0)
  expect(number(draw({ kind: 'below', bound: 100 }, [60, null, 70]), start)).toBe(0)
})

test('what was reported is drawn where it is a quantity of the same kind', () => {
  expect(draw({ kind: 'below', bound: 100 }, [60, 50, 70], '20 ms')).toContain('class="reported"')
  expect(draw({ kind: 'below', bound: 100 }, [60, 50, 70], 'fast')).not.toContain(
    'class="reported"',
  )
})

test('an estimate without spread and a target that cannot be read are drawn all the same', () => {
  const svg = draw(undefined, [0, 0, 0])
  expect(svg).toContain('class="value"')
  expect(svg).not.toContain('NaN')
  expect(svg).not.toContain('class="target"')
})

test('an exact value has nothing to draw', () => {
  expect(intervalGraphic(proof('upheld'))).toBeUndefined()
})
