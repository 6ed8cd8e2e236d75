import type { Isolation } from '../evidence/claim-outcome.ts'
import type { Defect } from './defect.ts'

/** A claim as the catalogue knows it: everything but its code. */
export interface CataloguedClaim {
  readonly id: string
  readonly requirements: readonly string[]
  readonly title: string | undefined
  readonly isolation: Isolation
  readonly ownInstance: boolean
  readonly timeoutMs: number
  readonly file: string
  /** Hash of the claim's code, to tell whether it was rewritten since it was accepted. */
  readonly codeHash: string
}

export interface CataloguedDefect extends Defect {
  readonly file: string
}

/** What the files of a system declare. */
export interface Catalogue {
  readonly claims: readonly CataloguedClaim[]
  readonly defects: readonly CataloguedDefect[]
}

/** From the collector to its parent. */
export type CollectorMessage =
  | { readonly kind: 'loading'; readonly file: string }
  | { readonly kind: 'claims'; readonly file: string; readonly claims: readonly CataloguedClaim[] }
  | { readonly kind: 'defect'; readonly file: string; readonly defect: CataloguedDefect }
  | { readonly kind: 'unreadable'; readonly file: string; readonly problem: string }
  | { readonly kind: 'done' }

/** From the parent to the collector. */
export interface CollectorJob {
  readonly claimFiles: readonly string[]
  readonly defectFiles: readonly string[]
}
