import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from 'commander'
import { freePort, requireFreePort } from '../environment/port.ts'
import { openLink, type InjectedFault, type Link } from '../instruments/faults/index.ts'
import { EtalonError } from '../kernel/errors.ts'
import { exitCode, type ExitCode } from '../kernel/exit-code.ts'
import { freshSeed } from '../kernel/random.ts'
import { planOf, type FaultFlags, type FaultPlan } from './fault-option.ts'
import { countsOf, describeCounts, describeFault, type FaultCounts } from './fault-text.ts'
import { reportFailure } from './failure.ts'
import { faultHelp } from './help.ts'
import { listenForInterrupt } from './interrupt.ts'

const shownEveryMs = 500

/** `etalon fault <link>` */
export function faultCommand(program: Command): void {
  program
    .command('fault')
    .description('put a link in front of a service of this machine, and disturb it')
    .argument('<link>', 'HOST:PORT of the service, or LISTEN->HOST:PORT with a port to listen on')
    .option('--protocol <name>', 'tcp, postgres or redis; by the port unless given')
    .option('--latency <time>', 'delay answers: 50ms')
    .option('--jitter <time>', 'each up to this much more or less')
    .option('--bandwidth <bytes>', 'a second, on each connection, both ways: 100KB')
    .option('--slice <bytes>', 'send everything in pieces of about this size')
    .option('--limit <bytes>', 'cut each connection after so many bytes of answers')
    .option('--slow-close <time>', 'tell an end this much later')
    .option('--half-open [moment]', 'let connections die without a word')
    .option('--cut [moment]', 'end connections in order')
    .option('--reset [moment]', 'end connections with a reset')
    .option('--fail <code>', 'fail requests with an SQLSTATE, or the first word of a Redis error')
    .option('--when <moment>', 'the moment of the faults that have none of their own')
    .option('--nth <n>', 'begin with the nth request that matches')
    .option('--times <n>', 'take no more than so many')
    .option('--connections <range>', 'take only these, counted as they come: 3 or 2-5')
    .option('--share <percent>', 'take only this share of the connections, drawn by the seed')
    .option('--after <time>', 'begin to disturb so much later', '0s')
    .option('--for <time>', 'stop disturbing after this long, and go on forwarding')
    .option('--seed <seed>', 'draw the same as an earlier time')
    .option('--json', 'print the counts as JSON at the end')
    .addHelpText('after', faultHelp)
    .action(async (link: string, flags: FaultFlags) => {
      process.exitCode = await runFault(link, flags)
    })
}

async function runFault(text: string, flags: FaultFlags): Promise<ExitCode> {
  let link: Link | undefined
  const interrupt = listenForInterrupt(() => {})
  try {
    const plan = planOf(text, flags)
    const seed = flags.seed ?? freshSeed()
    await requireService(plan)
    link = await openLink({ ...plan, listenPort: await portOf(plan), seed })
    const { host, port, protocol } = plan
    say(`127.0.0.1:${link.port} -> ${host}:${port}  ${protocol}  seed ${seed}  Ctrl-C ends it`)
    const counts = await disturb(link, plan, interrupt.signal)
    console.log(flags.json ? JSON.stringify(counts, undefined, 1) : describeCounts(counts))
    const missed = counts.faults.some(({ touch }) => touch.connections === 0)
    return missed ? exitCode.inconclusive : exitCode.upheld
  } catch (error) {
    return reportFailure(error)
  } finally {
    await link?.close()
    interrupt.dispose()
  }
}

/** Injects the faults in their time, shows what they touch, and heals them. */
async function disturb(link: Link, plan: FaultPlan, signal: AbortSignal): Promise<FaultCounts> {
  const { afterMs, lastsMs, faults: specs } = plan
  const wait = (ms: number): Promise<void> => delay(ms, undefined, { signal }).catch(() => {})
  const faults: InjectedFault[] = []
  const shown = showEvery(() => countsOf(link, faults))
  try {
    await wait(afterMs)
    for (const spec of signal.aborted ? [] : specs) {
      faults.push(await link.inject(spec))
      say(`at work: ${describeFault(spec)}`)
    }
    if (lastsMs !== undefined) {
      await wait(lastsMs)
      for (const fault of faults) await fault.heal()
      if (!signal.aborted) say('healed; still forwarding')
    }
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
    for (const fault of faults) await fault.heal()
    return await countsOf(link, faults)
  } finally {
    shown.end()
  }
}

/** One line that is painted again, on a terminal only. */
function showEvery(look: () => Promise<FaultCounts>): { end(): void } {
  const output = process.stderr
  if (!output.isTTY) return { end: () => {} }
  let isOver = false
  const show = async (): Promise<void> => {
    const line = describeCounts(await look()).replaceAll('\n', '   ')
    if (!isOver) output.write(`\r\u001B[2K${line.slice(0, output.columns - 1)}`)
  }
  const timer = setInterval(() => void show().catch(() => {}), shownEveryMs)
  return {
    end: () => {
      isOver = true
      clearInterval(timer)
      output.write('\r\u001B[2K')
    },
  }
}

function portOf({ listenPort }: FaultPlan): Promise<number> {
  return listenPort === 0 ? freePort() : requireFreePort(listenPort)
}

/** @throws ETALON_FAULT_SERVICE_MISSING when nothing listens there */
function requireService({ host, port }: FaultPlan): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', ({ message: problem }) => {
      const facts = { address: `${host}:${port}`, problem }
      reject(new EtalonError('ETALON_FAULT_SERVICE_MISSING', facts))
    })
  })
}

/** What goes on stands apart from the counts, so that these can be piped. */
function say(text: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001B[2K' : ''}${text}\n`)
}
