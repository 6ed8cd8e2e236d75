import type { Verdict } from './verdict.ts'

/** What the process's exit status says. */
export const exitCode = {
  upheld: 0,
  refuted: 1,
  inconclusive: 2,
  usage: 3,
  environment: 4,
  interrupted: 5,
  etalonDefect: 70,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** The exit status of a run whose requirements merged to `verdict`. */
export function exitCodeOf(verdict: Verdict): ExitCode {
  return exitCode[verdict]
}
