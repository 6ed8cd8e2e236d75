/** What Etalon has to know to run a system, in whatever language it is written. */
export interface SystemDefinition {
  /** Kebab-case name, used in folders, databases and on the command line. */
  readonly name: string
  readonly title: string
  /** Folder that commands run in and paths are relative to; the config file's own by default. */
  readonly directory: string
  /** What has to be made once a run before anything starts, such as a bundle of its pages. */
  readonly build?: { readonly command: readonly [string, ...string[]] }
  readonly postgres?: PostgresDefinition
  /** Whether each instance gets a private Redis, and with which users beside the one who may all. */
  readonly redis?: boolean | RedisDefinition
  readonly processes: Readonly<Record<string, ProcessDefinition>>
}

export interface RedisDefinition {
  /**
   * The users of the system's processes with what each may, as in Redis's ACL files:
   * `'~etf:* &tickstock.* +@read +subscribe'`. They may nothing else; their passwords are drawn.
   */
  readonly users: Readonly<Record<string, string>>
}

export interface PostgresDefinition {
  /**
   * The login roles of the system's processes, and the group roles each becomes a member of once
   * the template's commands have run. A role `owner`, who owns the databases, always exists.
   */
  readonly roles: Readonly<Record<string, readonly string[]>>
  /** Commands that turn an empty database into the template of every instance. */
  readonly template: readonly CommandDefinition[]
}

export interface CommandDefinition {
  readonly command: readonly [string, ...string[]]
  /** Its environment beyond PATH, HOME and the like; nothing else is inherited. */
  readonly env?: (services: Services) => Readonly<Record<string, string>>
}

export interface ProcessDefinition extends CommandDefinition {
  /** When it counts as ready: a path that answers 200, or a port that accepts connections. */
  readonly ready: `/${string}` | 'listening'
  readonly readyTimeoutMs?: number
}

/** What a command can put into its environment. */
export interface Services {
  readonly postgres: { readonly url: (role: string) => string; readonly database: string }
  readonly redis: {
    /** As the user who may everything. */
    readonly url: string
    /** As one of the definition's users. */
    readonly urlOf: (user: string) => string
  }
  /** Free port for the process that is being started. */
  readonly port: number
  /** Base URL of another process of the same instance, started before this one. */
  readonly urlOf: (process: string) => string
  /** A secret drawn for this run: the same for the same name, different in every run. */
  readonly secret: (name: string) => string
  /** Folder of the instance, removed with it. */
  readonly directory: string
}
