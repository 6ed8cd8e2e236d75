import { readConnectionRecord, type NotedConnection } from './connection-record.ts'
import type { Sightings } from './connection-watch.ts'
import { elsewhere, type Party } from './ground.ts'
import { isLocal } from './socket-table.ts'

/** Who has connected to whom, how often and when first. */
export interface Edge {
  readonly from: string
  readonly to: string
  /** Connections, and attempts that came to nothing. */
  readonly count: number
  readonly firstAt: string
  /** Where to, as far as it differs. */
  readonly addresses: readonly string[]
  /** `noted` by the process itself, or `seen` in the kernel's table. */
  readonly by: 'noted' | 'seen'
}

/** The edges of an instance, and what could not be told of them. */
export interface Edges {
  readonly edges: readonly Edge[]
  /** Connections to somebody of the instance that were over before it was seen who made them. */
  readonly unattributed: readonly Omit<Edge, 'from' | 'by'>[]
}

interface Contact {
  readonly from: string | undefined
  readonly to: string
  readonly address: string
  readonly atMs: number
  readonly by: Edge['by']
}

/**
 * Puts together what processes noted and what the kernel's table showed. A connection that is in
 * both counts once. What Etalon itself connects to is left out, and so is who else uses a
 * PostgreSQL that runs for others as well.
 */
export function edgesOf(parties: readonly Party[], sightings: Sightings): Edges {
  const records = parties.flatMap((party) =>
    readConnectionRecord(party.connectionsFile).connections.map((noted) => ({ party, noted })),
  )
  const nameAt = (address: string, port: number): string =>
    (isLocal(address) ? sightings.listeners.get(port) : undefined) ?? elsewhere
  const noted = records.map(({ party, noted: one }): Contact => {
    const { atMs } = one
    const { to, address } = destinationOf(one, nameAt)
    return { from: party.name, to, address, atMs, by: 'noted' }
  })
  const makers = new Map(
    records.map(({ party, noted: { localPort } }) => [localPort ?? 0, party.name]),
  )
  const seen = sightings.connections.flatMap((one): Contact[] => {
    if (makers.has(one.localPort)) return []
    const from = sightings.ownPorts.has(one.localPort) ? 'etalon' : one.from
    const address = `${one.address}:${one.port}`
    return [{ from, to: nameAt(one.address, one.port), address, atMs: one.atMs, by: 'seen' }]
  })
  const kinds = new Map(parties.map(({ name, kind }) => [name, kind]))
  const isShared = (name: string): boolean =>
    parties.some((party) => party.name === name && party.shared)
  const contacts = [...noted, ...seen].filter(
    ({ from, to }) => kinds.get(from ?? '') !== 'etalon' && !(from === elsewhere && isShared(to)),
  )
  const isOurs = ({ to }: Contact): boolean => kinds.has(to) && to !== 'postgres'
  return {
    edges: aggregated(contacts.filter(isAttributed)),
    unattributed: aggregated(
      contacts.filter((one) => !isAttributed(one) && isOurs(one)).map(asUnknown),
    ).map(({ from: _from, by: _by, ...rest }) => rest),
  }
}

function destinationOf(
  { path, host = 'localhost', address = host, port = 0 }: NotedConnection,
  nameAt: (address: string, port: number) => string,
): { readonly to: string; readonly address: string } {
  if (path !== undefined) return { to: elsewhere, address: `unix:${path}` }
  return { to: nameAt(address, port), address: `${host}:${port}` }
}

type Attributed = Contact & { readonly from: string }

function isAttributed(contact: Contact): contact is Attributed {
  return contact.from !== undefined
}

function asUnknown(contact: Contact): Attributed {
  return { ...contact, from: '' }
}

function aggregated(contacts: readonly Attributed[]): Edge[] {
  const groups = Map.groupBy(contacts, ({ from, to }) => `${from}\n${to}`)
  return [...groups.values()].map((group) => {
    const { from, to } = group[0] as Attributed
    return {
      from,
      to,
      count: group.length,
      firstAt: new Date(Math.min(...group.map(({ atMs }) => atMs))).toISOString(),
      addresses: [...new Set(group.map(({ address }) => address))].slice(0, 5),
      by: group.some(({ by }) => by === 'noted') ? 'noted' : 'seen',
    }
  })
}
