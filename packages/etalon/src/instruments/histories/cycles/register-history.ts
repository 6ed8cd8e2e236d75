import { EtalonError } from '../../../kernel/errors.ts'
import type { Anomaly } from './anomaly.ts'
import { GrowingArray } from './growing-array.ts'
import { ended, type RegisterTransaction } from './transaction.ts'

/** One value of one register, and what is known of it. Before the first write it is null. */
export interface Version {
  readonly key: number
  readonly value: number | null
  /** Its writer; -1 for null, and for a value that nobody wrote. */
  writer: number
  /** Whether its writer wrote nothing more to the register. */
  isLast: boolean
  readonly readers: number[]
  /** Versions that are known to come after it. */
  readonly next: Set<Version>
  hasPrevious: boolean
}

/** A history of transactions over registers, as versions and who wrote and read them. */
export class RegisterHistory {
  readonly keys: string[] = []
  readonly versions: Map<number | null, Version>[] = []
  readonly early: Anomaly[] = []
  readonly outcomes = new GrowingArray()
  readonly actors = new GrowingArray()
  readonly startsMs: number[] = []
  readonly endsMs: number[] = []
  readonly #numbers = new Map<string, number>()

  get size(): number {
    return this.outcomes.length
  }

  add(transaction: RegisterTransaction): void {
    const number = this.size
    const isOk = transaction.outcome === 'ok'
    this.outcomes.push(ended[transaction.outcome])
    this.actors.push(transaction.actor)
    this.startsMs.push(transaction.startedAtMs)
    this.endsMs.push(transaction.endedAtMs)
    const seen = new Map<number, Version>()
    for (const step of transaction.steps) {
      const key = this.#numberOf('write' in step ? step.write : step.read)
      const before = seen.get(key)
      if ('write' in step) seen.set(key, this.#write(number, key, step.value, before))
      else if (isOk) seen.set(key, this.#read(number, key, step.value, before))
    }
  }

  /** What was read before it is written comes before what is written (Elle, section 5.2). */
  #write(writer: number, key: number, value: number, before: Version | undefined): Version {
    const version = this.#version(key, value)
    if (version.writer !== -1) {
      throw new EtalonError('ETALON_HISTORY_VALUE_REPEATED', {
        key: this.keys[key] as string,
        value,
      })
    }
    version.writer = writer
    if (before !== undefined) {
      before.next.add(version)
      version.hasPrevious = true
      if (before.writer === writer) before.isLast = false
    }
    return version
  }

  #read(reader: number, key: number, value: number | null, before: Version | undefined): Version {
    const version = this.#version(key, value)
    if (before === version) return version
    const isOwn = before?.writer === reader
    if (before !== undefined) {
      this.early.push({
        kind: isOwn ? 'internal' : 'non-repeatable-read',
        needs: 'data',
        transactions: [reader],
        key: this.keys[key],
        because: `T${reader} had ${before.value} in ${this.keys[key]} and then read ${value}`,
        cycle: [],
      })
    }
    if (isOwn) return before
    // It may have read this version, then another, and now this one again.
    if (version.readers.at(-1) !== reader) version.readers.push(reader)
    return version
  }

  #version(key: number, value: number | null): Version {
    const ofKey = this.versions[key] as Map<number | null, Version>
    const known = ofKey.get(value)
    if (known !== undefined) return known
    const version: Version = {
      key,
      value,
      writer: -1,
      isLast: true,
      readers: [],
      next: new Set(),
      hasPrevious: false,
    }
    ofKey.set(value, version)
    return version
  }

  #numberOf(key: string): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.keys.length
    this.#numbers.set(key, number)
    this.keys.push(key)
    this.versions.push(new Map())
    return number
  }
}
