import { draftDays, pathThrough, shareOf, type Anchor } from '../draft.ts'
import { trendChanges as changesOf } from '../measure/trend.ts'
import { countOf } from '../outcome.ts'
import type { Random } from '../random.ts'
import type { Drawing, Scenario } from '../scenario.ts'

const days = 189
const baseCents = 8_000

/** Trends in turn, the first one upwards; between two of them lies a change. */
const trends = 5

export const trendChanges: Scenario = {
  name: 'trend_changes',
  title: 'Changes of trend',
  description: 'Five trends of two months each, upwards and downwards in turn',
  firstDay: '2023-01-03',
  days,
  baseCents,
  outcomes: [
    countOf(trends - 1, {
      name: 'trend_changes',
      title: 'Changes of trend',
      definition: 'Extremes from which the closes come back by 10 % (zigzag)',
      measure: ({ bars }) => changesOf(bars).length,
    }),
  ],
  draw,
}

function draw(random: Random): Drawing {
  const anchors: Anchor[] = [{ day: 0, cents: baseCents, strayBp: 0 }]
  for (let trend = 1; trend <= trends; trend += 1) {
    const isUp = trend % 2 === 1
    const day = trend === trends ? days - 1 : 38 * trend + random.integer(-4, 4)
    const levelBp = isUp ? random.integer(12_000, 12_800) : random.integer(9_600, 10_100)
    anchors.push({ day, cents: shareOf(baseCents, levelBp), strayBp: 100 })
  }
  const drafts = draftDays(
    baseCents,
    pathThrough(anchors, random),
    () => ({ openBp: 15, upBp: [30, 80], downBp: [30, 80] }),
    random,
  )
  return { drafts }
}
