import { statement } from 'service-kit'

/** What the database says of itself. */
export interface ServerFigures {
  readonly version: string
  readonly size_bytes: number
  readonly connections: number
}

export const askServer = statement<ServerFigures, []>(
  'health-ask-server',
  `select current_setting('server_version') as version,
     pg_database_size(current_database()) as size_bytes,
     (select numbackends from pg_stat_database where datname = current_database()) as connections`,
)
