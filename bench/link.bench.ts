// What a link costs that disturbs nothing: time added to a round trip, and bytes a second, against
// the same service reached directly and through Toxiproxy, in interleaved rounds. On a quiet virtual
// machine most of a round trip is the waking of processors, which belongs to the machine and is paid
// once more for each process on the way; our link does not sleep for 0.1 ms after bytes have come,
// which spares it that. So round trips are also measured while all processors are kept awake.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { openLink } from '../packages/etalon/src/instruments/faults/index.ts'
import { quantileOf } from '../packages/etalon/src/kernel/statistics/quantile.ts'
import { measureInRounds, type Benchmark, type Durations } from './benchmark.ts'
import { whileAwake } from './link/awake.ts'
import { startToxiproxy } from './link/toxiproxy.ts'

const rounds = Number(process.env['ROUNDS'] ?? 15)
const trips = 2_000
const tripBytes = 64
const transferBytes = 256 * 1_024 * 1_024

const link: Benchmark = async () => {
  const service = fork(fileURLToPath(new URL('link/service.ts', import.meta.url)))
  const [port] = (await once(service, 'message')) as [number]
  const own = await openLink({ host: '127.0.0.1', port, protocol: 'tcp', seed: 'bench' })
  const toxiproxy = await startToxiproxy(port)
  const ways = new Map([
    ['direct', port],
    ['link', own.port],
    ...(toxiproxy ? [[`Toxiproxy ${toxiproxy.version}`, toxiproxy.port] as const] : []),
  ])
  const measured = (measure: (port: number) => Promise<number>): Promise<Durations> =>
    measureInRounds(
      [...ways].map(([name, through]) => ({ name, measure: () => measure(through) })),
      { rounds },
    )
  try {
    const tripsUs = await measured(medianTripUs)
    const awakeUs = await whileAwake(() => measured(medianTripUs))
    const ratesMBs = await measured(transferMBs)
    const skipped = toxiproxy ? '' : ' There is no Go on this machine, so Toxiproxy is left out.'
    return `${rounds} interleaved rounds over loopback: the median of ${trips} round trips of ${tripBytes} bytes, and one transfer of 256 MiB. No faults at work, counters on.${skipped}\n\n${table(tripsUs, awakeUs, ratesMBs)}`
  } finally {
    toxiproxy?.stop()
    await own.close()
    service.disconnect()
  }
}

/** Median time of a round trip on one connection, in microseconds. */
async function medianTripUs(port: number): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  const message = Buffer.alloc(tripBytes, '#')
  const tookUs: number[] = []
  await new Promise<void>((resolve, reject) => {
    let received = 0
    let sentAtMs = performance.now()
    socket.on('error', reject)
    socket.on('data', (data: Buffer) => {
      received += data.length
      if (received < tripBytes) return
      received = 0
      tookUs.push(1_000 * (performance.now() - sentAtMs))
      if (tookUs.length === trips) return resolve()
      sentAtMs = performance.now()
      socket.write(message)
    })
    socket.write(message)
  })
  socket.destroy()
  return tookUs.toSorted((a, b) => a - b)[trips / 2] as number
}

/** Megabytes (10^6) a second of one transfer. */
async function transferMBs(port: number): Promise<number> {
  let received = 0
  const ended = Promise.withResolvers<void>()
  // One buffer for all reads: who receives shall cost as little as can be.
  const onread = {
    buffer: Buffer.alloc(256 * 1_024),
    callback: (bytes: number) => {
      received += bytes
      if (received >= transferBytes) ended.resolve()
      return true
    },
  }
  const socket = connect({ port, host: '127.0.0.1', onread })
  socket.once('error', (error) => ended.reject(error))
  await once(socket, 'connect')
  const startedAtMs = performance.now()
  socket.write(`${transferBytes}\n`)
  await ended.promise
  const tookS = (performance.now() - startedAtMs) / 1_000
  socket.destroy()
  return transferBytes / 1e6 / tookS
}

function table(tripsUs: Durations, awakeUs: Durations, ratesMBs: Durations): string {
  const rows = [...tripsUs].map(([name, values]) => {
    const cells = [
      interval(values, 'µs'),
      addedBy(name, tripsUs),
      interval(awakeUs.get(name) ?? [], 'µs'),
      addedBy(name, awakeUs),
      interval(ratesMBs.get(name) ?? [], 'MB/s'),
    ]
    return `| ${name} | ${cells.join(' | ')} |`
  })
  return [
    '| | round trip | added to the direct one, same round | with processors kept awake | added | transfer |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** What a way adds to the direct one. */
function addedBy(name: string, tripsUs: Durations): string {
  const direct = tripsUs.get('direct') ?? []
  const values = tripsUs.get(name) ?? []
  if (name === 'direct') return ''
  return interval(
    values.map((value, round) => value - (direct[round] ?? Number.NaN)),
    'µs',
  )
}

/** The median of the rounds with its 95 % interval. */
function interval(values: readonly number[], unit: string): string {
  const { value, low, high } = quantileOf(values, 0.5, { unit: 'value' })
  return `${value.toFixed(0)} ${unit} (${low.toFixed(0)} to ${high.toFixed(0)})`
}

export default link
