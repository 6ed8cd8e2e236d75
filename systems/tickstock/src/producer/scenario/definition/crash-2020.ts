import {
  draftDays,
  pathThrough,
  plantHighs,
  plantLows,
  plantVolumes,
  shareOf,
  type DayStyle,
} from '../draft.ts'
import { highEvents, lowEvents } from '../measure/event.ts'
import { deepestFall, recoversAsV } from '../measure/level.ts'
import { volatilitySpikes } from '../measure/volatility.ts'
import { countOf, flagOf, percentOf } from '../outcome.ts'
import type { Random } from '../random.ts'
import type { Drawing, Scenario } from '../scenario.ts'

const days = 252
const baseCents = 10_000

/** Days that take most of the fall, each a volatility spike. The other spikes are the events. */
const plunges = 7
const events = 8

export const crash2020: Scenario = {
  name: 'crash_2020',
  title: 'Crash of 2020',
  description: 'A calm rise, a fall of 35 % within a month, and a recovery in the shape of a V',
  firstDay: '2020-01-02',
  days,
  baseCents,
  outcomes: [
    percentOf(-35, {
      name: 'max_drawdown',
      title: 'Maximum drawdown',
      definition: 'Deepest fall from the highest close so far to a later close, of that close',
      measure: ({ bars }) => -deepestFall(bars).percent,
    }),
    flagOf({
      name: 'v_recovery',
      title: 'V recovery',
      definition:
        'A close regains 80 % of the fall within four times its days, giving back no more than half',
      holds: ({ bars }) => recoversAsV(bars),
    }),
    countOf(plunges + events, {
      name: 'volatility_spikes',
      title: 'Volatility spikes',
      definition: 'Days whose true range is at least 3 times the median of the series',
      measure: ({ bars }) => volatilitySpikes(bars).length,
    }),
    countOf(events, {
      name: 'high_low_events',
      title: 'High and low events',
      definition: 'Days whose high or low stands 3 % beyond those of the four days around them',
      measure: ({ bars }) => highEvents(bars).length + lowEvents(bars).length,
    }),
  ],
  draw,
}

function draw(random: Random): Drawing {
  const peakDay = random.integer(31, 37)
  const troughDay = peakDay + random.integer(21, 25)
  const recoveredDay = troughDay + random.integer(70, 80)
  const peakCents = shareOf(baseCents, random.integer(10_500, 10_700))
  const troughCents = shareOf(peakCents, random.integer(6_440, 6_560))
  const fallDays = Array.from({ length: troughDay - peakDay }, (_, index) => peakDay + 1 + index)
  const plungeDays = random.shuffle(fallDays).slice(0, plunges)

  const rise = [
    { day: 0, cents: baseCents, strayBp: 0 },
    { day: peakDay, cents: peakCents, strayBp: 60 },
  ]
  const recovery = [
    { day: troughDay, cents: troughCents, strayBp: 0 },
    {
      day: recoveredDay,
      cents: troughCents + shareOf(peakCents - troughCents, random.integer(8_700, 9_300)),
      strayBp: 60,
    },
    { day: days - 1, cents: shareOf(baseCents, random.integer(10_700, 11_000)), strayBp: 60 },
  ]
  const fall = fallBetween(peakCents, troughCents, fallDays, plungeDays)
  const closes = [...pathThrough(rise, random), ...fall, ...pathThrough(recovery, random).slice(1)]
  const drafts = draftDays(baseCents, closes, (day) => styleOf(plungeDays.includes(day)), random)

  // Around the fall every day is an extreme beside its neighbours; events are planted elsewhere.
  const calm = Array.from({ length: 49 }, (_, index) => 3 + 5 * index).filter(
    (day) => day < peakDay - 3 || day > troughDay + 5,
  )
  const eventDays = random.shuffle(calm).slice(0, events)
  plantHighs(drafts, eventDays.slice(0, events / 2))
  plantLows(drafts, eventDays.slice(events / 2))
  plantVolumes(drafts, [...plungeDays, ...eventDays], random)
  return { drafts }
}

/** A plunge takes six times as much of the fall as another of its days. */
function fallBetween(
  fromCents: number,
  toCents: number,
  fallDays: readonly number[],
  plungeDays: readonly number[],
): number[] {
  const weightOf = (day: number): number => (plungeDays.includes(day) ? 6 : 1)
  const whole = fallDays.reduce((sum, day) => sum + weightOf(day), 0)
  let done = 0
  return fallDays.map((day) => {
    done += weightOf(day)
    return fromCents + Math.round(((toCents - fromCents) * done) / whole)
  })
}

function styleOf(isPlunge: boolean): DayStyle {
  return isPlunge
    ? { openBp: 10, upBp: [120, 180], downBp: [120, 180] }
    : { openBp: 10, upBp: [30, 60], downBp: [30, 60] }
}
