import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Doubt } from '../kernel/doubt.ts'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import type { Requirement } from '../requirements/requirement.ts'
import type { CataloguedClaim } from './catalogue.ts'

/** For each claim, the text of its requirements and its own code when somebody accepted it. */
export type Acceptance = Readonly<Record<string, AcceptedClaim>>

interface AcceptedClaim {
  readonly code: string
  readonly requirements: Readonly<Record<string, string>>
}

/** File in a system's folder, kept with the sources. */
export const acceptanceFile = 'accepted.json'

const shape = z.record(
  z.string(),
  z.object({ code: z.string(), requirements: z.record(z.string(), z.string()) }),
)

/**
 * Reads what was accepted; nothing when nobody accepted anything yet.
 *
 * @throws ETALON_ACCEPTANCE_INVALID
 */
export function readAcceptance(systemDirectory: string): Acceptance {
  const file = join(systemDirectory, acceptanceFile)
  if (!existsSync(file)) return {}
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)
    throw new EtalonError('ETALON_ACCEPTANCE_INVALID', { file, problem }, { cause: error })
  }
}

/** Accepts every claim as it stands for the requirements as they stand. */
export function writeAcceptance(
  systemDirectory: string,
  claims: readonly CataloguedClaim[],
  requirements: readonly Requirement[],
): void {
  const hashes = new Map(requirements.map(({ id, hash }) => [id, hash]))
  const accepted = claims
    .toSorted((a, b) => a.id.localeCompare(b.id))
    .map((claim) => [
      claim.id,
      {
        code: claim.codeHash,
        requirements: Object.fromEntries(claim.requirements.map((id) => [id, hashes.get(id)])),
      },
    ])
  const content = `${JSON.stringify(Object.fromEntries(accepted), undefined, 2)}\n`
  writeFileSync(join(systemDirectory, acceptanceFile), content)
}

/**
 * The doubt that a claim is suspect: a requirement's text changed since the claim was accepted and
 * the claim's code did not, so it may still show what the old text said.
 */
export function suspicion(
  claim: CataloguedClaim,
  acceptance: Acceptance,
  requirements: readonly Requirement[],
): Doubt | undefined {
  const accepted = acceptance[claim.id]
  if (!accepted || accepted.code !== claim.codeHash) return undefined
  const changed = requirements.filter(
    ({ id, hash }) =>
      claim.requirements.includes(id) &&
      accepted.requirements[id] !== undefined &&
      accepted.requirements[id] !== hash,
  )
  if (changed.length === 0) return undefined
  const ids = changed.map(({ id }) => id).join(', ')
  const message = `suspect: ${ids} was reworded after this claim was accepted; review the claim, then run \`etalon accept\``
  return { kind: 'requirement-changed', message }
}
