// The package comes without types.
declare module '@bcoe/v8-coverage' {
  import type { Profiler } from 'node:inspector'

  interface ProcessCoverage {
    readonly result: readonly Profiler.ScriptCoverage[]
  }

  /** The coverage of several processes as that of one: of each range, the sum of its counts. */
  export function mergeProcessCovs(processes: readonly ProcessCoverage[]): ProcessCoverage
}
