import { draftDays, shareOf } from '../draft.ts'
import { revertsToMean, volatilityRange } from '../measure/volatility.ts'
import { flagOf, percentOf } from '../outcome.ts'
import type { Random } from '../random.ts'
import type { Drawing, Scenario } from '../scenario.ts'

const days = 126
const baseCents = 15_000
const blockDays = 21

/**
 * Daily moves of the calm and of the stormy weeks. A move of 94 hundredths of a percent every day
 * is a volatility of 15 % a year, one of 272 is 43 %.
 */
const moves = {
  calm: { sizeBp: 94, spreadBp: 16 },
  storm: { sizeBp: 272, spreadBp: 46 },
} as const

export const volatilityPeriods: Scenario = {
  name: 'volatility_periods',
  title: 'Periods of volatility',
  description: 'Calm and stormy months in turn, around a price to which the market comes back',
  firstDay: '2022-01-03',
  days,
  baseCents,
  outcomes: [
    percentOf(30, {
      name: 'volatility_range',
      title: 'Range of volatility',
      definition:
        'The highest less the lowest yearly volatility of 21 daily returns in a row, in points',
      measure: ({ bars }) => volatilityRange(bars),
    }),
    flagOf({
      name: 'mean_reversion',
      title: 'Mean reversion',
      definition: 'Returns over ten days vary at most half as much as ten independent days would',
      holds: ({ bars }) => revertsToMean(bars),
    }),
  ],
  draw,
}

function moveOf(day: number): (typeof moves)['calm' | 'storm'] {
  return Math.floor(day / blockDays) % 2 === 0 ? moves.calm : moves.storm
}

function draw(random: Random): Drawing {
  const closes = [baseCents]
  for (let day = 1; day < days; day += 1) {
    const { sizeBp, spreadBp } = moveOf(day)
    const before = closes[day - 1] ?? baseCents
    const back = before > baseCents ? -1 : 1
    const direction = random.chance(80) ? back : -back
    const sizedBp = sizeBp + random.integer(-spreadBp, spreadBp)
    closes.push(before + shareOf(before, direction * sizedBp))
  }
  const drafts = draftDays(
    baseCents,
    closes,
    (day) => {
      const { spreadBp } = moveOf(day)
      return { openBp: 10, upBp: [spreadBp, 3 * spreadBp], downBp: [spreadBp, 3 * spreadBp] }
    },
    random,
  )
  return { drafts }
}
