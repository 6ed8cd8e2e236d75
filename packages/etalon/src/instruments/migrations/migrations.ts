import type { Session } from '../session.ts'
import { withConnection } from './connection.ts'
import { differencesOf, type Difference } from './difference.ts'
import { failHalfway, type FailureOptions, type Failures } from './failure.ts'
import { readFingerprint, type Fingerprint, type FingerprintOptions } from './fingerprint.ts'
import { tryPairings, type PairingOptions, type TriedPairing } from './pairing.ts'
import { roundTrip, type RoundTrip, type RoundTripOptions } from './round-trip.ts'
import { underTraffic, type Traffic, type TrafficOptions } from './traffic.ts'

/** Proves what a migration tool does to a database, for any tool by its up and its down. */
export interface Migrations {
  /** Everything in the database at this moment. */
  fingerprint(options?: FingerprintOptions): Promise<Fingerprint>
  /** What is different in `after`, object by object. */
  differences(before: Fingerprint, after: Fingerprint): Difference[]
  /** Every version up, down and up again, with rows in it; then all the way down and up. */
  roundTrip(options: RoundTripOptions): Promise<RoundTrip>
  /** Every migration fails half-way, going up and going down. Takes a superuser. */
  failHalfway(options: FailureOptions): Promise<Failures>
  /** Locks that a migration holds, and what callers wait for it. Takes a superuser. */
  underTraffic(options: TrafficOptions): Promise<Traffic>
  /** Applications on schemas that are not their own, as declared. */
  tryPairings(options: PairingOptions): Promise<TriedPairing[]>
}

/**
 * Opens the instrument on a database. It leaves the schema at the version that it came to last, the
 * newest one unless a move failed, and nothing of its own.
 *
 * @param url of a role that may see everything: the owner, or a superuser
 */
export function createMigrations({
  url,
  session,
}: {
  readonly url: string
  readonly session: Session
}): Migrations {
  return {
    fingerprint: async (options) => {
      const found = await withConnection(url, (client) => readFingerprint(client, options))
      const { catalogue, data, digest } = found
      session.evidence.record('fingerprint', { objects: catalogue.length, data, digest })
      return found
    },
    differences: differencesOf,
    roundTrip: (options) => withConnection(url, (client) => roundTrip(client, session, options)),
    failHalfway: (options) =>
      withConnection(url, (client) => failHalfway(client, session, options)),
    underTraffic: (options) =>
      withConnection(url, (client) => underTraffic(client, session, options)),
    tryPairings: (options) => tryPairings(session, options),
  }
}
