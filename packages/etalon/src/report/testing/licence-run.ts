import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ClaimOutcome } from '../../evidence/claim-outcome.ts'
import type {
  DefectRecord,
  PlannedClaim,
  RequirementRecord,
  RunRecord,
} from '../../evidence/run-record.ts'
import { parseRequirements } from '../../requirements/requirements-document.ts'
import { circumstances } from './circumstance.ts'
import { findings, upheld, type Finding } from './licence-finding.ts'

/** How the run of the licence document is to stand. */
export interface LicenceRunOptions {
  /** How many of the planned claims have been judged; all of them unless given. */
  readonly judged?: number
  readonly state?: RunRecord['state']
  readonly command?: string
  readonly defects?: boolean
  /** Only these requirements hold a refuted or open claim; the others are upheld. */
  readonly findings?: Readonly<Record<string, Finding>>
}

const name = 'lfa-licenses'
const { seed } = circumstances
const unclaimed = new Set(['LFA-CRD-06', 'LFA-UI-09', 'LFA-CPL-11', 'LFA-HLT-09', 'LFA-LVL-10'])
const source = readFileSync(new URL('licence-requirements.md', import.meta.url), 'utf8')

/** A record of the size and the variety of a real run, for tests and for looking at reports. */
export function licenceRun(options: LicenceRunOptions = {}): RunRecord {
  const { requirements, title } = parseRequirements(source, 'requirements.md')
  const covered = requirements.filter(({ id }) => !unclaimed.has(id))
  const planned = covered.map(plannedOf)
  const found = options.findings ?? findings
  const outcomes = planned
    .slice(0, options.judged)
    .map((claim, index) => outcomeOf(claim, covered[index] as RequirementRecord, found))
  return {
    ...circumstances,
    command: options.command ?? 'etalon verify lfa-licenses --defects',
    state: options.state ?? 'finished',
    systems: [{ name, title, document: `requirements/${name}.md`, requirements }],
    planned,
    outcomes,
    defects: options.defects === false ? [] : defectsOf(planned),
  }
}

/** The document that the record names, by its place in the run directory. */
export const licenceFiles = { [`requirements/${name}.md`]: source }

function plannedOf({ id, text, section }: RequirementRecord): PlannedClaim {
  const quiet = section.includes('Performance')
  const topic = (section.at(-1) ?? '').toLowerCase().replaceAll(' ', '-')
  return {
    claim: id,
    system: name,
    requirements: id === 'LFA-LVL-03' ? [id, 'LFA-LVL-04'] : [id],
    title: text,
    file: `systems/${name}/claims/${topic}.claim.ts`,
    isolation: quiet ? 'quiet' : 'shared',
  }
}

function outcomeOf(
  planned: PlannedClaim,
  requirement: RequirementRecord,
  found: Readonly<Record<string, Finding>>,
): ClaimOutcome {
  const sha256 = createHash('sha256').update(planned.claim).digest('hex')
  const draw = Number.parseInt(sha256.slice(0, 6), 16)
  const { doubts = [], ...finding } = found[planned.claim] ?? ordinary(requirement, draw)
  return {
    ...planned,
    ...finding,
    doubts,
    seed,
    durationMs: 40 + (draw % 4_000),
    replay: `etalon verify ${name} --only ${planned.claim} --seed ${seed}`,
    evidence: `claims/${name}/${planned.claim}`,
    attachments: [],
    seal: { sha256, sizeBytes: 1_400 + (draw % 90_000) },
  }
}

function ordinary({ target, text }: RequirementRecord, draw: number): Finding {
  const answers = `${1 + (draw % 40)}`
  const proofs = [
    upheld(text, target ?? 'true', target ?? 'true'),
    upheld('answers that were a 500', 'none', 'none'),
    upheld('rows found in the database', answers, answers),
  ]
  return { verdict: 'upheld', proofs: proofs.slice(0, 1 + (draw % 3)) }
}

function defectsOf(planned: readonly PlannedClaim[]): DefectRecord[] {
  return planned
    .filter(({ claim }) => claim !== 'LFA-API-07')
    .map(({ claim }, index) => ({
      title: titles[index % titles.length] as string,
      system: name,
      file: `defects/${claim.toLowerCase()}.defect.ts`,
      plant: plants[index % plants.length] as string,
      convictions: [
        claim === 'LFA-R-15'
          ? { claim, verdict: 'upheld' as const }
          : { claim, verdict: 'refuted' as const, reason: 'expected 1, found 2' },
      ],
    }))
}

const titles = [
  'the balance is read without a lock',
  'renewal forgets the idempotency key',
  'the trigger writes the level of another specialization',
  'foreign licences answer 200',
]

const plants = [
  'src/store/credit.ts',
  'drop index lfa_player_licenses_one_active',
  'src/store/license.ts, src/promotion.ts',
  'LFA_ROLE_CHECKS=off',
]
