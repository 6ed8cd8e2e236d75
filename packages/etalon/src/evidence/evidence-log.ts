import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { monotonicMs } from '../kernel/clock.ts'
import { EtalonError, messageOf } from '../kernel/errors.ts'

/** One line of evidence: when (milliseconds since the log was opened), of what kind, and what. */
export interface EvidenceEvent {
  readonly atMs: number
  readonly kind: string
  readonly [fact: string]: unknown
}

/** Where instruments put what they saw. */
export interface EvidenceSink {
  /**
   * Appends one event. Events of kinds that decide a verdict are always kept; beyond
   * {@link evidenceBytesMax} others are counted instead of written. A fact named as what every
   * event has is kept with an underscore before its name.
   */
  record(kind: string, facts: Readonly<Record<string, unknown>>): void
}

/** An append-only log in a file, one JSON object a line, written at once so it outlives a kill. */
export interface EvidenceLog extends EvidenceSink {
  readonly path: string
  /** Ends the log; what arrives later is refused. */
  close(): void
}

/** Size of one claim's log past which ordinary events are counted and not written. */
export const evidenceBytesMax = 32 * 1_024 * 1_024

/**
 * Size past which the largest facts of an event that decides are cut, since it is always kept; what
 * decides is in the small ones.
 */
const eventCharsMax = 4 * 1_024 * 1_024
const cutFactCharsMax = 64 * 1_024

/** Whatever a claim is judged by. */
const decisiveKinds = new Set([
  'claim-started',
  'proof',
  'doubt',
  'attachment',
  'process-lost',
  'dropped',
  'claim-ended',
])

/**
 * Opens a log for one claim.
 *
 * @throws ETALON_RUN_DIRECTORY_UNWRITABLE when the file is there already: it is another claim's
 * @throws ETALON_EVIDENCE_SEALED on a write after `close`
 */
export function openEvidenceLog(path: string, claim: string): EvidenceLog {
  const file = openNew(path)
  const openedAtMs = monotonicMs()
  let writtenBytes = 0
  let dropped = 0
  let open = true

  const append = (kind: string, facts: Readonly<Record<string, unknown>>): void => {
    const atMs = Number((monotonicMs() - openedAtMs).toFixed(3))
    const event = { atMs, kind, ...keptFacts(facts) }
    const line = Buffer.from(`${decisiveKinds.has(kind) ? boundedJsonOf(event) : jsonOf(event)}\n`)
    // Writes the whole line or throws; a plain write may be cut short by a disk that fills up.
    writeFileSync(file, line)
    writtenBytes += line.length
  }

  return {
    path,
    record: (kind, facts) => {
      if (!open) throw new EtalonError('ETALON_EVIDENCE_SEALED', { claim })
      if (writtenBytes > evidenceBytesMax && !decisiveKinds.has(kind)) dropped += 1
      else append(kind, facts)
    },
    close: () => {
      if (!open) return
      open = false
      if (dropped > 0) append('dropped', { events: dropped })
      closeSync(file)
    },
  }
}

function openNew(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true })
    return openSync(path, 'ax')
  } catch (error) {
    const facts = { directory: dirname(path), problem: messageOf(error) }
    throw new EtalonError('ETALON_RUN_DIRECTORY_UNWRITABLE', facts, { cause: error })
  }
}

function boundedJsonOf(event: Readonly<Record<string, unknown>>): string {
  const line = jsonOf(event)
  if (line.length <= eventCharsMax) return line
  const cut = Object.entries(event).map(([name, fact]) => {
    const text = jsonOf(fact) ?? ''
    const isCut = text.length > cutFactCharsMax
    return [name, isCut ? `${text.slice(0, cutFactCharsMax)}… of ${text.length} characters` : fact]
  })
  return jsonOf(Object.fromEntries(cut))
}

/** As JSON; what refers to something that holds it, or cannot be read, is named instead. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value, plainValue)
  } catch {
    return JSON.stringify(value, untangled())
  }
}

function untangled(): (this: unknown, key: string, value: unknown) => unknown {
  const holders: unknown[] = []
  return function (key, value) {
    const plain = plainValue(key, value)
    if (typeof plain !== 'object' || plain === null) return plain
    while (holders.length > 0 && holders.at(-1) !== this) holders.pop()
    if (holders.includes(plain)) return '(holds itself)'
    holders.push(plain)
    return plain
  }
}

/** The facts, none of which can pass for the event's own time or kind. */
function keptFacts(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!('kind' in facts) && !('atMs' in facts)) return facts
  const named = (name: string): string => (name === 'kind' || name === 'atMs' ? `_${name}` : name)
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [named(name), fact]))
}

/**
 * Reads a log back. A last line cut short by a kill is left out: it was never wholly written.
 */
export function readEvidence(path: string): { events: EvidenceEvent[]; content: Buffer } {
  const content = readFileSync(path)
  const lines = content.toString('utf8').split('\n')
  lines.pop()
  return { events: lines.map((line) => JSON.parse(line) as EvidenceEvent), content }
}

function plainValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (value instanceof Error) return { name: value.name, message: value.message }
  if (value instanceof Map) return Object.fromEntries(value)
  if (value instanceof Set) return [...value]
  return value
}
