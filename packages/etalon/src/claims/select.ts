import { EtalonError } from '../kernel/errors.ts'

/**
 * The claims that `--only` names: by claim id, by requirement id, or by the start of either with
 * `*` at the end. All of them when nothing is named.
 *
 * @throws ETALON_CLAIM_UNKNOWN for a name that matches nothing
 */
export function selectClaims<
  Claim extends { readonly id: string; readonly requirements: readonly string[] },
>(claims: readonly Claim[], only: readonly string[]): Claim[] {
  for (const name of only) {
    if (!claims.some((claim) => isNamed(claim, name))) {
      throw new EtalonError('ETALON_CLAIM_UNKNOWN', { id: name })
    }
  }
  return only.length === 0
    ? [...claims]
    : claims.filter((claim) => only.some((name) => isNamed(claim, name)))
}

function isNamed(
  claim: { readonly id: string; readonly requirements: readonly string[] },
  name: string,
): boolean {
  const ids = [claim.id, claim.id.split('/')[0] as string, ...claim.requirements]
  return name.endsWith('*')
    ? ids.some((id) => id.startsWith(name.slice(0, -1)))
    : ids.includes(name)
}
