import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machineClass } from '../evidence/fingerprint.ts'
import type { EstimateRecord } from '../evidence/proof-record.ts'
import { EtalonError, messageOf } from '../kernel/errors.ts'

/** Figures that were kept to hold later ones against: by kind of machine, claim and proof. */
export type Baseline = Readonly<Record<string, MachineBaseline>>

export interface MachineBaseline {
  /** The machine in words, for who reads the file. */
  readonly machine: string
  readonly figures: Readonly<Record<string, Readonly<Record<string, KeptFigure>>>>
}

/** A figure of an earlier run, with its whole interval. */
export interface KeptFigure extends EstimateRecord {
  readonly low: number
  readonly high: number
  /** The run that measured it, and the revision that was measured. */
  readonly run: string
  readonly commit: string
  /** What stood here before, the latest first, so that a drift in small steps can be seen. */
  readonly replaced?: readonly ReplacedFigure[]
}

export interface ReplacedFigure {
  readonly value: number
  readonly run: string
  readonly commit: string
  /** Why somebody let another figure take its place. */
  readonly reason: string
}

/** File in a system's folder, kept with the sources. */
export const baselineFile = 'baseline.json'

/**
 * Reads what was kept; nothing when nobody kept anything yet.
 *
 * @throws ETALON_BASELINE_INVALID
 */
export function readBaseline(systemDirectory: string): Baseline {
  const file = join(systemDirectory, baselineFile)
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Baseline
  } catch (error) {
    throw new EtalonError(
      'ETALON_BASELINE_INVALID',
      { file, problem: messageOf(error) },
      { cause: error },
    )
  }
}

/** Writes the file, its keys in order, so that a review sees what moved and nothing else. */
export function writeBaseline(systemDirectory: string, baseline: Baseline): void {
  const sorted = Object.fromEntries(
    byKey(baseline).map(([machine, { figures, ...rest }]) => [
      machine,
      {
        ...rest,
        figures: Object.fromEntries(
          byKey(figures).map(([claim, titles]) => [claim, Object.fromEntries(byKey(titles))]),
        ),
      },
    ]),
  )
  const content = `${JSON.stringify(sorted, undefined, 2)}\n`
  writeFileSync(join(systemDirectory, baselineFile), content)
}

/**
 * Gives the figure that was kept of a proof, on a machine of this kind: `baseline('P95 of an
 * expansion')`. `undefined` where none was kept, so that a claim says what it does then.
 */
export interface BaselineLookup {
  /** @param claim whose proof it is; the asking claim unless given */
  (title: string, claim?: string): KeptFigure | undefined
}

/** The lookup of one claim of a system. */
export function baselineLookup(systemDirectory: string, ownClaim: string): BaselineLookup {
  return (title, claim = ownClaim) =>
    readBaseline(systemDirectory)[machineClass()]?.figures[claim]?.[title]
}

function byKey<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1))
}
