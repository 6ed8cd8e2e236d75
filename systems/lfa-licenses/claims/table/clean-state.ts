import { claim, readSchema, type Sql } from 'etalon'
import { issueLicense } from '../license.ts'
import { personOf } from '../person.ts'
import { adminEmail } from '../staff.ts'

/** What the migrations put in for the rules to stand on, and the timetable of the jobs. */
const reference =
  /^(specializations|ladders|spec_levels|achievements|schema_migrations|job_schedules)$/

claim('LFA-OPS-01', async ({ system, sql, prove }) => {
  prove('rows in a fresh instance', await businessRows(sql)).equals(onlyTheAdmin)
  const server = await sql.one<{ version: string; number: number }>(
    `select version(), current_setting('server_version_num')::integer as number`,
  )
  prove('the database server', server.version).matches(/^PostgreSQL \d+\.\d+ on /)
  prove('its version', server.number).isAtLeast(180_000)
  const sessions = await sql.rows<{ is_superuser: boolean; is_member: boolean }>(
    `select rolsuper as is_superuser, pg_has_role(usename, 'lfa_app', 'member') as is_member
     from pg_stat_activity join pg_roles on rolname = usename
     where datname = current_database() and application_name = 'lfa-licenses'`,
  )
  prove('sessions of the service', sessions.length).isAtLeast(1)
  prove(
    'sessions of it with more rights than its own',
    sessions.filter(({ is_superuser, is_member }) => is_superuser || !is_member),
  ).isEmpty()

  const holder = await personOf(system, 'student:written')
  const licenseId = await issueLicense(holder, 'LFA_PLAYER')
  const row = 'select user_id, is_active from lfa_player_licenses where id = $1'
  prove('a write through the API, as SQL sees it', await sql.one<unknown>(row, [licenseId])).equals(
    {
      user_id: holder.id,
      is_active: true,
    },
  )
  const own = '/api/v1/lfa-player/licenses/me'
  await holder.get(own).expect(200)
  const written = 'update lfa_player_licenses set heading_avg = 60 where id = $1'
  await sql.run(written, [licenseId])
  const { body } = await holder.get(own).expect(200)
  prove('a write by SQL, as the API tells it', body).holds({ heading_avg: 60, overall_avg: 10 })

  const another = await system.another()
  prove('rows in another instance after that', await businessRows(another.sql)).equals(onlyTheAdmin)
  prove('services that both use', [
    another.services.postgres.database === system.services.postgres.database,
    another.services.redis.url === system.services.redis.url,
    another.url === system.url,
  ]).equals([false, false, false])
  const schemas = await Promise.all([readSchema(sql), readSchema(another.sql)])
  prove('its schema', schemas[1]).equals(schemas[0])
  const namesake = await personOf(another, 'student:written')
  const answers = [await holder.get(own), await namesake.get(own)]
  prove(
    'the licence, here and there',
    answers.map(({ status }) => status),
  ).equals([200, 404])
})

/** The admin of the template, and that he was made. */
const onlyTheAdmin = { users: 1, audit_log: 1, [adminEmail]: 1 }

/** How many rows each table has that is not empty, reference data aside; and the admin. */
async function businessRows(sql: Sql): Promise<Readonly<Record<string, number>>> {
  const tables = await sql.rows<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const counts = tables
    .filter(({ name }) => !reference.test(name))
    .map(({ name }) => `select '${name}' as name, count(*) as rows from ${name}`)
  const found = await sql.rows<{ name: string; rows: number }>(
    `select name, rows from (${counts.join(' union all ')}) counted where rows > 0
     union all select email, count(*) from users where role = 'ADMIN' group by email`,
  )
  return Object.fromEntries(found.map(({ name, rows }) => [name, rows]))
}
