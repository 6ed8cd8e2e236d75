import type { Isolation } from '../evidence/claim-outcome.ts'
import { runsBeside } from './plan.ts'

/**
 * The claims that have to be run with these, because one of these judges which code they reach: all
 * of the system that may run beside others.
 */
export function companionsOf<Claim extends { readonly isolation: Isolation }>(
  claims: readonly Claim[],
  all: readonly Claim[],
): Claim[] {
  if (!claims.some(({ isolation }) => isolation === 'last')) return []
  return all.filter((claim) => runsBeside(claim) && !claims.includes(claim))
}
