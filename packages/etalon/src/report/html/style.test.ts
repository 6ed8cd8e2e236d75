import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const base = readFileSync(new URL('style/base.css', import.meta.url), 'utf8')
const colours = new Map(
  [...base.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(([, name, light, dark]) => [
    name as string,
    { light, dark } as Record<Scheme, string>,
  ]),
)
type Scheme = 'light' | 'dark'

const texts = ['ink', 'soft', 'link', 'upheld', 'refuted', 'inconclusive', 'pending', 'quiet']
const grounds = ['paper', 'panel', 'arrived-tint']

test.each<Scheme>(['light', 'dark'])('text has the contrast of WCAG AA in %s', (scheme) => {
  const colour = (name: string): string => colours.get(name)?.[scheme] ?? ''
  const weak = grounds.flatMap((ground) =>
    texts
      .map((text) => ({ text, ground, ratio: contrast(colour(text), colour(ground)) }))
      .filter(({ ratio }) => !(ratio >= 4.5)),
  )
  expect(weak).toEqual([])
})

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [
    number,
    number,
  ]
  return (high + 0.05) / (low + 0.05)
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
