/** Whoever is not of the instance. */
export const elsewhere = 'elsewhere'

/** Somebody on an instance who can talk: a process of the system, a server of its, or Etalon itself. */
export interface Party {
  readonly name: string
  /** What it is: only what processes and own servers do is judged. */
  readonly kind: 'process' | 'server' | 'etalon'
  /** A server that others use as well: who else connects to it is nobody's matter. */
  readonly shared?: true
  /** Ports by which it is known to be reached. */
  readonly ports: () => readonly number[]
  /** File in which it notes the connections it makes, where it runs on Node.js. */
  readonly connectionsFile?: string
}

/** The instance whose boundaries are looked at. */
export interface BoundaryGround {
  readonly parties: readonly Party[]
  /** The living processes with the party that each belongs to. */
  readonly pids: () => ReadonlyMap<number, string>
  readonly postgres?: {
    /** Superuser's URL of the instance's database. */
    readonly url: string
    /** Names on the server by the names that the configuration uses. */
    readonly roles: Readonly<Record<string, string>>
  }
  readonly redis?: {
    /** URL of a user who may everything. */
    readonly url: string
    /** Names on the server by the names that the configuration uses. */
    readonly users: Readonly<Record<string, string>>
  }
}
