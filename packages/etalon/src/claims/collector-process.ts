// Loads claim and defect files in a process of its own, one after another, and tells what they
// declare: a file that hangs, exits or throws takes nothing but the collector with it.
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { messageOf } from '../kernel/errors.ts'
import './author-module.ts'
import type { CollectorJob, CollectorMessage } from './catalogue.ts'
import { collectDeclarations, type ClaimDeclaration } from './claim.ts'
import { defectProblem, type Defect } from './defect.ts'

process.once('message', (job: CollectorJob) => void collect(job))

async function collect(job: CollectorJob): Promise<void> {
  for (const file of job.claimFiles) await tell(file, () => claimsOf(file))
  for (const file of job.defectFiles) await tell(file, () => defectOf(file))
  send({ kind: 'done' })
  process.disconnect()
}

async function tell(file: string, load: () => Promise<CollectorMessage>): Promise<void> {
  send({ kind: 'loading', file })
  try {
    send(await load())
  } catch (error) {
    send({ kind: 'unreadable', file, problem: messageOf(error) })
  }
}

async function claimsOf(file: string): Promise<CollectorMessage> {
  const declarations = await collectDeclarations(() => import(pathToFileURL(file).href))
  if (declarations.length === 0) {
    return { kind: 'unreadable', file, problem: 'it declares no claim' }
  }
  return { kind: 'claims', file, claims: declarations.map((one) => catalogued(one, file)) }
}

function catalogued(declaration: ClaimDeclaration, file: string): CollectorMessageClaim {
  const { body, clock: _clock, durability: _durability, links: _links, ...facts } = declaration
  const codeHash = createHash('sha256').update(String(body)).digest('hex').slice(0, 12)
  return { ...facts, file, codeHash }
}

async function defectOf(file: string): Promise<CollectorMessage> {
  const exported = ((await import(pathToFileURL(file).href)) as { default?: unknown }).default
  const problem = defectProblem(exported)
  if (problem) return { kind: 'unreadable', file, problem }
  return { kind: 'defect', file, defect: { ...(exported as Defect), file } }
}

type CollectorMessageClaim = Extract<CollectorMessage, { kind: 'claims' }>['claims'][number]

function send(message: CollectorMessage): void {
  process.send?.(message)
}
