import { Client } from 'pg'

/**
 * Runs `work` on a connection of its own, with settings under which values and definitions read the
 * same whoever asks. A role that may not see every row gets an error instead of a part of them.
 */
export async function withConnection<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url, application_name: 'etalon-migrations' })
  // The loss of a connection is told by the query that fails.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(
      `set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres';
       set bytea_output = 'hex'; set extra_float_digits = 1; set row_security = off;
       set search_path = ''`,
    )
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
