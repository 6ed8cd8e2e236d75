import { claim } from 'etalon'
import { loadAs, symbolOf } from '../scenario-command.ts'

interface Prices {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

claim('TICK-SCN-14', { timeoutMs: 120_000 }, async ({ system, random, prove }) => {
  // A day within the fall, and one that closes early: the day after Thanksgiving.
  const sessions: Readonly<Record<string, readonly [minutes: number, last: string]>> = {
    '2020-03-02': [390, '15:59'],
    '2020-11-27': [210, '12:59'],
  }
  const seed = String(random.integer(0, 0x7fff_ffff))
  const dates = Object.keys(sessions)
  const words = ['crash_2020', '--seed', seed, '--minutes', ...dates]
  prove('exit code of loading', await loadAs(system, 'MINUTE', ...words)).equals(0)
  const symbol = symbolOf('crash_2020', 'MINUTE')
  const viewer = await system.actor('viewer:minute')
  const days = await viewer
    .get<{ bars: (Prices & { date: string })[] }>(`/scenarios/${symbol}/bars`)
    .expect(200)
  for (const [date, [count, last]] of Object.entries(sessions)) {
    const { bars } = (
      await viewer
        .get<{ bars: (Prices & { time: string })[] }>(`/scenarios/${symbol}/minutes?date=${date}`)
        .expect(200)
    ).body
    prove(`minutes of ${date}`, bars.length).equals(count)
    prove(`first and last of ${date}`, [bars[0]?.time, bars.at(-1)?.time]).equals(['09:30', last])
    const made = {
      date,
      open: bars[0]?.open,
      high: Math.max(...bars.map(({ high }) => high)),
      low: Math.min(...bars.map(({ low }) => low)),
      close: bars.at(-1)?.close,
      volume: bars.reduce((sum, { volume }) => sum + volume, 0),
    }
    prove(`days of ${date}`, days.body.bars.filter((bar) => bar.date === date).length).equals(1)
    prove(`what the minutes of ${date} make up`, made).equals(
      days.body.bars.find((bar) => bar.date === date) ?? made,
    )
    const impossible = bars.filter(
      ({ open, high, low, close }) => low > Math.min(open, close) || high < Math.max(open, close),
    )
    prove(`impossible minutes of ${date}`, impossible).isEmpty()
    const torn = bars.filter(({ open }, minute) => minute > 0 && open !== bars[minute - 1]?.close)
    prove(`minutes of ${date} that do not go on from the one before`, torn).isEmpty()
  }
  const other = await viewer.get(`/scenarios/${symbol}/minutes?date=2020-03-03`)
  prove('a day whose minutes were not asked for', other.status).equals(404)
  const closed = ['crash_2020', '--minutes', '2020-07-03']
  prove('exit code for a day without trade', await loadAs(system, 'CLOSED', ...closed)).equals(1)
})
