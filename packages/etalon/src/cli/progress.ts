import pc from 'picocolors'
import type { RunWatcher } from '../claims/run-options.ts'
import type { RunDirectory } from '../evidence/run-directory.ts'
import { formatDuration } from '../kernel/units.ts'
import { visible } from '../kernel/visible.ts'
import { reportKeeper } from '../report/writers.ts'

/** Shows how a run goes on, and keeps its reports up to date. */
export interface Progress {
  readonly watcher: RunWatcher
  directory(): string | undefined
  say(text: string): void
  /** Takes the progress line away. */
  end(): void
}

const repaintMs = 120
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/**
 * On a terminal one line that is painted again and again; elsewhere (CI) a line for each claim that
 * is not upheld, for each step and for each tenth of the claims, so that a log stays short and
 * tells what matters.
 */
export function createProgress(output: NodeJS.WriteStream = process.stderr): Progress {
  const startedAt = Date.now()
  const live = output.isTTY
  const running = new Set<string>()
  let directory: RunDirectory | undefined
  let planned = 0
  let judged = 0
  let step = 'reading requirements and claims'
  let frame = 0

  const elapsed = (): string => formatDuration(Date.now() - startedAt)
  const isMilestone = (): boolean =>
    judged === planned || judged % Math.max(10, Math.ceil(planned / 10)) === 0
  const paint = (): void => {
    frame = (frame + 1) % frames.length
    const claims = planned === 0 ? '' : `${judged}/${planned}  `
    const names = [...running].join(' ')
    const text = `${frames[frame]} ${claims}${names || step}  ${elapsed()}`
    output.write(`\r\u001B[2K${text.slice(0, (output.columns ?? 80) - 1)}`)
  }
  const timer = live ? setInterval(paint, repaintMs) : undefined
  timer?.unref()
  const say = (text: string): void => {
    output.write(live ? `\r\u001B[2K${text}\n` : `${text}\n`)
  }

  return {
    directory: () => directory?.path,
    say,
    end: () => {
      clearInterval(timer)
      if (live) output.write('\r\u001B[2K')
    },
    watcher: {
      prepared: ({ systems }, runDirectory) => {
        directory = runDirectory
        planned = systems.reduce((sum, one) => sum + one.selected.length + one.companions.length, 0)
      },
      step: (text) => {
        step = text
        if (!live) say(`${text}  (${elapsed()})`)
      },
      started: (claim) => running.add(claim),
      judged: ({ claim, verdict, reason }) => {
        running.delete(claim)
        judged += 1
        if (verdict === 'refuted') say(`${pc.red('✗')} ${claim}  ${visible(reason ?? '')}`)
        if (verdict === 'inconclusive') say(`${pc.yellow('?')} ${claim}  ${visible(reason ?? '')}`)
        if (!live && isMilestone()) say(`${judged} of ${planned} claims judged  (${elapsed()})`)
      },
      recorded: reportKeeper(),
    },
  }
}
