import type { Command } from 'commander'
import { describeDecision, describeStep } from '../instruments/canary/describe.ts'
import {
  openRollout,
  type CanaryDecision,
  type CanaryResult,
  type Rollout,
} from '../instruments/canary/index.ts'
import { plainSession } from '../instruments/plain-session.ts'
import { EtalonError } from '../kernel/errors.ts'
import { exitCode, type ExitCode } from '../kernel/exit-code.ts'
import { optionsOf, type CanaryFlags } from './canary-option.ts'
import { reportFailure } from './failure.ts'
import { canaryHelp } from './help.ts'
import { listenForInterrupt, type Interrupt } from './interrupt.ts'

const exitOf: Readonly<Record<CanaryDecision, ExitCode>> = {
  promoted: exitCode.upheld,
  'rolled-back': exitCode.refuted,
  inconclusive: exitCode.inconclusive,
  interrupted: exitCode.interrupted,
}

/** `etalon canary` */
export function canaryCommand(program: Command): void {
  program
    .command('canary')
    .description('send a growing share of traffic to a new revision, and back if it is worse')
    .requiredOption('--stable <url>', 'base URL of the revision in use')
    .requiredOption('--candidate <url>', 'base URL of the new one')
    .option('--port <port>', 'listen here on 127.0.0.1; 0 for a free port', '0')
    .option('--steps <percents>', 'shares of the traffic, rising', '5,25,50,100')
    .option('--step-for <time>', 'a step takes this long at most (500ms, 60s, 10m, 2h)', '60s')
    .option('--samples <n>', 'requests each side must have answered to pass a step', '100')
    .option('--failed <percent>', 'how many points more may fail (5xx or no answer)', '1')
    .option('--refused <percent>', 'how many points more may be refused (4xx)', '5')
    .option('--latency <ratio>', 'how many times as large P50 and P95 may be', '1.25')
    .option('--client-by <mark...>', 'authorization, cookie:NAME or header:NAME', ['authorization'])
    .option(
      '--undecided <what>',
      'when a step shows nothing in time: rollback or promote',
      'rollback',
    )
    .option('--timeout <time>', 'a request without an answer by then has failed', '30s')
    .option('--seed <seed>', 'give each client the same side as in an earlier rollout')
    .option('--stay', 'after the decision go on forwarding to the side that won, until Ctrl-C')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', canaryHelp)
    .action(async (flags: CanaryFlags) => {
      process.exitCode = await runCanary(flags)
    })
}

async function runCanary(flags: CanaryFlags): Promise<ExitCode> {
  let rollout: Rollout | undefined
  const interrupt = listenForInterrupt(() => rollout?.interrupt())
  try {
    rollout = await openRollout(optionsOf(flags), plainSession(flags.seed), {
      began: (percent) => say(`${percent} % of the traffic goes to the candidate`),
      passed: (step) => (flags.json ? say : console.log)(describeStep(step)),
    })
    say(`listening on ${rollout.url}`)
    if (interrupt.signal.aborted) rollout.interrupt()
    const result = await rollout.result
    print(result, flags)
    if (result.decision === 'interrupted') {
      const facts = { signal: interrupt.by ?? 'a signal', percent: result.percent }
      return reportFailure(new EtalonError('ETALON_CANARY_INTERRUPTED', facts))
    }
    if (flags.stay) await stay(interrupt, result)
    return exitOf[result.decision]
  } catch (error) {
    return reportFailure(error)
  } finally {
    await rollout?.close()
    interrupt.dispose()
  }
}

function print(result: CanaryResult, { json }: CanaryFlags): void {
  console.log(json ? JSON.stringify(result, undefined, 2) : `\n${describeDecision(result)}`)
}

async function stay({ signal }: Interrupt, { servedBy }: CanaryResult): Promise<void> {
  say(`still forwarding everything to ${servedBy}; Ctrl-C ends it`)
  // The proxy keeps the process alive; nothing is waited for but the signal.
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** What goes on stands apart from the result, so that the result can be piped. */
function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
