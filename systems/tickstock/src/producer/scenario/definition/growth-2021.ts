import { draftDays, pathThrough, shareOf, type Anchor } from '../draft.ts'
import { returnPercent } from '../measure/level.ts'
import { breakouts } from '../measure/trend.ts'
import { countOf, percentOf } from '../outcome.ts'
import type { Random } from '../random.ts'
import type { Drawing, Scenario } from '../scenario.ts'

const days = 252
const baseCents = 10_000

/** Each is a rise of a few days after weeks of rest. */
const rises = 6
const riseDays = 6

export const growth2021: Scenario = {
  name: 'growth_2021',
  title: 'Growth of 2021',
  description: 'A year that gains 25 % in six steps, each of them a breakout from a rest',
  firstDay: '2021-01-04',
  days,
  baseCents,
  outcomes: [
    percentOf(25, {
      name: 'total_return',
      title: 'Return',
      definition: 'The last close against the first open',
      measure: ({ bars }) => returnPercent(bars),
    }),
    countOf(rises, {
      name: 'breakouts',
      title: 'Breakouts',
      definition: 'Closes above the highest high of 20 days, the first such within ten days',
      measure: ({ bars }) => breakouts(bars).length,
    }),
  ],
  draw,
}

function draw(random: Random): Drawing {
  const gainBp = random.integer(2_450, 2_550)
  const risingDays = new Set<number>()
  const anchors: Anchor[] = [{ day: 0, cents: baseCents, strayBp: 0 }]
  let restCents = baseCents
  for (let rise = 0; rise < rises; rise += 1) {
    const start = 42 * rise + random.integer(27, 33)
    const nextRestCents = shareOf(baseCents, 10_000 + Math.round((gainBp * (rise + 1)) / rises))
    for (let day = start + 1; day <= start + riseDays; day += 1) risingDays.add(day)
    anchors.push(
      { day: start, cents: restCents, strayBp: 30 },
      // The top lies above the rest that follows, so that nothing in the rest breaks out.
      { day: start + riseDays, cents: shareOf(nextRestCents, 10_050), strayBp: 0 },
      { day: start + riseDays + 2, cents: nextRestCents, strayBp: 0 },
    )
    restCents = nextRestCents
  }
  anchors.push({ day: days - 1, cents: restCents, strayBp: 30 })
  const closes = pathThrough(anchors, random)
  const drafts = draftDays(
    baseCents,
    closes,
    (day) => ({
      openBp: 10,
      // A rest's highs stand above all its closes, twice as far as those stray.
      upBp: risingDays.has(day) ? [10, 25] : [60, 90],
      downBp: [40, 80],
    }),
    random,
  )
  return { drafts }
}
