import { exitCode } from '../kernel/exit-code.ts'

/** A signal that is aborted by the first Ctrl-C; the second one ends the process at once. */
export interface Interrupt {
  readonly signal: AbortSignal
  /** Name of the signal that came, once one came. */
  readonly by: NodeJS.Signals | undefined
  dispose(): void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Listens for the wish to stop. What is under way gets the chance to end in order; whoever asks
 * twice does not want to wait for it, and the reaper removes what is left.
 */
export function listenForInterrupt(onFirst: () => void): Interrupt {
  const abort = new AbortController()
  let by: NodeJS.Signals | undefined
  const stop = (signal: NodeJS.Signals): void => {
    if (by) process.exit(exitCode.interrupted)
    by = signal
    onFirst()
    abort.abort()
  }
  for (const signal of signals) process.on(signal, stop)
  return {
    signal: abort.signal,
    get by() {
      return by
    },
    dispose: () => {
      for (const signal of signals) process.off(signal, stop)
    },
  }
}
