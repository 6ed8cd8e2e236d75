import { draftDays, plantHighs, plantLows, plantVolumes, shareOf } from '../draft.ts'
import { gaps, highEvents, lowEvents, volumeSpikes } from '../measure/event.ts'
import { countOf } from '../outcome.ts'
import type { Random } from '../random.ts'
import type { Drawing, Scenario } from '../scenario.ts'

const days = 63
const baseCents = 20_000
const counts = { highs: 12, lows: 10, gaps: 8, volumeSpikes: 15 } as const

/** A week has one high event, and perhaps a low event and a gap: so none is beside its like. */
const weekDays = 5
const gapBp = 300

export const highLowEvents: Scenario = {
  name: 'high_low_events',
  title: 'Highs, lows and gaps',
  description: 'A quiet quarter with sudden highs and lows, gaps at the open and crowded days',
  firstDay: '2023-10-02',
  days,
  baseCents,
  outcomes: [
    countOf(counts.highs, {
      name: 'high_events',
      title: 'High events',
      definition: 'Days whose high stands 3 % above those of the four days around them',
      measure: ({ bars }) => highEvents(bars).length,
    }),
    countOf(counts.lows, {
      name: 'low_events',
      title: 'Low events',
      definition: 'Days whose low stands 3 % below those of the four days around them',
      measure: ({ bars }) => lowEvents(bars).length,
    }),
    countOf(counts.gaps, {
      name: 'gaps',
      title: 'Gaps',
      definition: 'Opens at least 1 % above the high, or below the low, of the day before',
      measure: ({ bars }) => gaps(bars).length,
    }),
    countOf(counts.volumeSpikes, {
      name: 'volume_spikes',
      title: 'Volume spikes',
      definition: 'Days with at least two and a half times the median volume',
      measure: ({ bars }) => volumeSpikes(bars).length,
    }),
  ],
  draw,
}

function draw(random: Random): Drawing {
  const weeks = Array.from({ length: counts.highs }, (_, week) => 2 + weekDays * week)
  const weeksWithLow = new Set(random.shuffle(weeks).slice(0, counts.lows))
  const weeksWithGap = new Set(random.shuffle(weeks).slice(0, counts.gaps))
  const highDays: number[] = []
  const lowDays: number[] = []
  const gapDays: number[] = []
  for (const monday of weeks) {
    const highFirst = random.chance(50)
    highDays.push(highFirst ? monday : monday + 1)
    if (weeksWithLow.has(monday)) lowDays.push(highFirst ? monday + 1 : monday)
    if (weeksWithGap.has(monday)) gapDays.push(monday + random.integer(3, 4))
  }

  let level = baseCents
  let up = random.chance(50)
  const levels = Array.from({ length: days }, (_, day) => {
    if (gapDays.includes(day)) {
      level += shareOf(baseCents, up ? gapBp : -gapBp)
      up = !up
    }
    return level
  })
  const closes = levels.map((cents) => cents + shareOf(cents, random.integer(-40, 40)))
  const drafts = draftDays(
    baseCents,
    closes,
    () => ({ openBp: 10, upBp: [20, 50], downBp: [20, 50] }),
    random,
  )
  for (const day of gapDays) {
    const draft = drafts[day]
    if (draft !== undefined) draft.openCents = levels[day] ?? draft.openCents
  }
  plantHighs(drafts, highDays)
  plantLows(drafts, lowDays)
  const eventDays = random.shuffle([...highDays, ...lowDays])
  const crowded = [...gapDays, ...eventDays].slice(0, counts.volumeSpikes)
  plantVolumes(drafts, crowded, random)
  return { drafts }
}
