import { withClient } from './roles.ts'

/** A migrated database that others are cloned from; nobody can connect to it any more. */
export interface DatabaseTemplate {
  readonly name: string
  readonly owner: string
}

/** Creates an empty database. */
export async function createDatabase(adminUrl: string, name: string, owner: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query(`create database ${name} owner ${owner}`)
  })
}

/**
 * Seals a migrated database as a template. PostgreSQL copies only a database nobody is connected
 * to, so connections are refused from now on and the remaining ones ended.
 */
export async function sealTemplate(
  adminUrl: string,
  name: string,
  owner: string,
): Promise<DatabaseTemplate> {
  await withClient(adminUrl, async (client) => {
    await client.query(`alter database ${name} with is_template true allow_connections false`)
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [name],
    )
  })
  return { name, owner }
}

/** The statement that clones a template by copying its files, not its pages through the log. */
export function cloneStatement(template: DatabaseTemplate, name: string): string {
  return `create database ${name} template ${template.name} owner ${template.owner} strategy file_copy`
}
