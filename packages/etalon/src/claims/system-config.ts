import type {
  CommandDefinition,
  Services,
  SystemDefinition,
} from '../environment/system-definition.ts'
import type { BrowserIdentity } from '../instruments/browser/index.ts'
import type { HttpClient } from '../instruments/http/index.ts'
import type { Sql } from '../instruments/sql/index.ts'
import type { Random } from '../kernel/random.ts'

/** What `etalon.config.ts` says about a system: how to run it and where its claims are. */
export interface SystemConfig extends Omit<SystemDefinition, 'directory'> {
  /** Requirements document; `requirements.md` unless given. Paths are relative to the config. */
  readonly requirements?: string
  /** Folder of `*.claim.ts` files; `claims` unless given. */
  readonly claims?: string
  /** Folder of `*.defect.ts` files; `defects` unless given. */
  readonly defects?: string
  /** Signs an actor in, making him first where the system has no such person yet. */
  readonly signIn?: (actor: string, tools: SignInTools) => Promise<SignedIn>
  /** Puts demo data into a fresh instance for `etalon up`, and prints the sign-ins it made. */
  readonly demo?: CommandDefinition
}

export interface SignInTools {
  /** Without a signed-in actor, to the first process. */
  readonly http: HttpClient
  /** As the superuser of the instance's database. */
  readonly sql: Sql
  readonly random: Random
  readonly services: Services
}

export interface SignedIn {
  /** Headers that carry the actor's identity. */
  readonly headers: Readonly<Record<string, string>>
  /** Cookies or storage that do so in a browser. */
  readonly browser?: BrowserIdentity
  /** What claims may want to know of him, such as his id. */
  readonly facts?: Readonly<Record<string, unknown>>
}

/** A system found on disk, its paths resolved. */
export interface ConfiguredSystem {
  readonly config: SystemConfig
  readonly definition: SystemDefinition
  readonly configFile: string
  readonly requirementsFile: string
  readonly claimFiles: readonly string[]
  readonly defectFiles: readonly string[]
}

/** Types the configuration of a system; the default export of `etalon.config.ts`. */
export function defineSystem(config: SystemConfig): SystemConfig {
  return config
}
