import { setTimeout as delay } from 'node:timers/promises'
import { type Command, InvalidArgumentError } from 'commander'
import type { Day } from '../../calendar/day.ts'
import { lastTradingDay } from '../../calendar/last-trading-day.ts'
import { isTradingDay } from '../../calendar/trading-day.ts'
import type { TaskName } from '../../message/sync-task.ts'
import { isTold } from '../store/sync-expectation.ts'
import { findRun, findRunOfDay, type SyncRun } from '../store/sync-run.ts'
import { loggedAlerts } from '../sync/alert.ts'
import { executeRuns } from '../sync/execution.ts'
import { openDayRun, openOrderedRun, type Opening } from '../sync/opening.ts'
import { runCommand, type CommandContext } from './command.ts'
import { dayOption } from './option.ts'

interface Options {
  readonly day?: Day
}

/** `cache-sync`: the synchronizer's runs by hand. Exit code 1 for a run that did not do all. */
export function addCacheSyncCommand(program: Command): void {
  const sync = program.command('cache-sync').description('bring the universes up to date')
  const command = (name: string, description: string): Command =>
    sync.command(name).description(description)
  const day = ['--day <day>', 'trading day; the last one that has closed', tradingDay] as const

  command('daily', 'synchronize a trading day whose end was told and that has no run yet')
    .option(...day)
    .action((options: Options) => runCommand((context) => runDaily(context, options)))
  command('run-now', 'synchronize at once, whether or not the end of the day was told')
    .option(...day)
    .action((options: Options) => runCommand((context) => runOrdered(context, options)))
  command('market-cap', 'only put common stocks into the universes of their size')
    .option(...day)
    .action((options: Options) =>
      runCommand((context) => runOrdered(context, options, 'market_cap')),
    )
  command('ipo', 'only assign new listings')
    .option(...day)
    .action((options: Options) =>
      runCommand((context) => runOrdered(context, options, 'ipo_assignment')),
    )
}

async function runDaily(context: CommandContext, options: Options): Promise<SyncRun> {
  const day = options.day ?? lastTradingDay(context.clock.now())
  const [known] = await findRunOfDay(context.pool, day)
  if (known !== undefined) return done(context, known.id)
  const [told] = await isTold(context.pool, day)
  if (told?.is_told !== true) {
    throw new Error(`the end of ${day} was not told; cache-sync run-now runs it all the same`)
  }
  const id = await openDayRun(openingOf(context), day)
  if (id === undefined) throw new Error(`a later day than ${day} was synchronized already`)
  return done(context, id)
}

async function runOrdered(
  context: CommandContext,
  options: Options,
  task?: TaskName,
): Promise<SyncRun> {
  const day = options.day ?? lastTradingDay(context.clock.now())
  const opening = openingOf(context)
  const id =
    task === undefined
      ? await openOrderedRun(opening, 'override', day)
      : await openOrderedRun(opening, 'task', day, [task])
  return done(context, id)
}

/** The run when it is done, by this process or by another one that took it up first. */
async function done(context: CommandContext, id: string): Promise<SyncRun> {
  const { signal } = new AbortController()
  for (;;) {
    const [run] = await findRun(context.pool, id)
    if (run === undefined) throw new Error(`there is no run ${id}`)
    if (run.status !== 'running') {
      if (run.status !== 'completed') process.exitCode = 1
      return run
    }
    const { held } = await executeRuns({ ...context, alert: loggedAlerts(context.log), signal })
    if (!held) await delay(100)
  }
}

const openingOf = ({ pool, clock, env }: CommandContext): Opening => ({
  pool,
  clock,
  windowMs: env.SYNC_WINDOW_MS,
})

function tradingDay(text: string): Day {
  const day = dayOption(text)
  if (!isTradingDay(day)) throw new InvalidArgumentError('the exchange does not trade on that day')
  return day
}
