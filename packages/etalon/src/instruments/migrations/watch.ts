import type { Client } from 'pg'
import { ownSchema } from './catalogue/scope.ts'

/** A command that changed the schema, or a write to the tool's ledger, as the server saw it. */
export interface WatchedCommand {
  /** From 1, in the order in which they ended. */
  readonly at: number
  readonly transaction: string
  /** `CREATE TABLE`, `DROP INDEX`, …; `ledger` for a write to the ledger. */
  readonly what: string
  readonly startedAtMs: number
  /** When its transaction was committed. */
  readonly committedAtMs: number
  /** Locks on relations that its transaction held at its end, stronger than those of a write. */
  readonly locks: readonly { readonly relation: string; readonly mode: string }[]
}

/** How a command is made to fail. */
export type Strike = 'error' | 'lost connection'

const strongModes = [
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
]

/**
 * Watches the commands of a migration from inside the server, by event triggers and a trigger on
 * the ledger, and can strike one of them: with an error, or by ending its connection. Sequences
 * count, because they go on also when a transaction is rolled back. Takes a superuser.
 *
 * @param ledger the table in which the tool keeps what it has run; watched where it exists already
 */
export async function installWatch(client: Client, ledger?: string): Promise<void> {
  await removeWatch(client)
  await client.query(`
    create schema ${ownSchema};
    create sequence ${ownSchema}.turn;
    create sequence ${ownSchema}.struck;
    create table ${ownSchema}.plan (turn bigint, strike text);
    create table ${ownSchema}.command (
      at bigint primary key, transaction xid8 not null default pg_current_xact_id(),
      what text not null, started_at timestamptz not null, committed_at timestamptz, locks jsonb);
    create function ${ownSchema}.stamp() returns trigger language plpgsql
      security definer set search_path = '' as $$ begin
      update ${ownSchema}.command set committed_at = clock_timestamp() where at = new.at;
      return null;
    end $$;
    create constraint trigger stamp after insert on ${ownSchema}.command
      deferrable initially deferred for each row execute function ${ownSchema}.stamp();
    create function ${ownSchema}.note(what text, started_at timestamptz) returns void
      language plpgsql security definer set search_path = '' as $$
    declare here bigint := nextval('${ownSchema}.turn'); planned text;
    begin
      insert into ${ownSchema}.command (at, what, started_at, locks)
      select here, note.what, note.started_at, jsonb_agg(
        distinct jsonb_build_object('relation', l.relation::bigint::text, 'mode', l.mode))
      from pg_locks l where l.pid = pg_backend_pid() and l.locktype = 'relation' and l.granted
        and l.mode in (${strongModes.map((mode) => `'${mode}'`).join(', ')});
      select p.strike into planned from ${ownSchema}.plan p where p.turn = here or p.turn is null
        and note.what = 'ledger' and exists (select from ${ownSchema}.command c
          where c.what <> 'ledger');
      if planned is null then return; end if;
      perform setval('${ownSchema}.struck', here);
      if planned = 'error' then raise exception 'struck on purpose after %', note.what; end if;
      perform pg_terminate_backend(pg_backend_pid());
      perform pg_sleep(60);
    end $$;
    create function ${ownSchema}.begin_command() returns event_trigger language plpgsql
      security definer set search_path = '' as $$ begin
      perform set_config('etalon.command_started_at', clock_timestamp()::text, false);
    end $$;
    create function ${ownSchema}.end_command() returns event_trigger language plpgsql
      security definer set search_path = '' as $$ begin
      perform ${ownSchema}.note(
        tg_tag, current_setting('etalon.command_started_at')::timestamptz);
    end $$;
    create function ${ownSchema}.note_ledger() returns trigger language plpgsql
      security definer set search_path = '' as $$ begin
      perform ${ownSchema}.note('ledger', clock_timestamp());
      return null;
    end $$;
    create event trigger ${ownSchema}_begin on ddl_command_start
      execute function ${ownSchema}.begin_command();
    create event trigger ${ownSchema}_end on ddl_command_end
      execute function ${ownSchema}.end_command()`)
  if (ledger === undefined || !(await exists(client, ledger))) return
  await client.query(`create trigger ${ownSchema} after insert or update or delete on ${ledger}
    for each statement execute function ${ownSchema}.note_ledger()`)
}

async function exists(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    'select to_regclass($1) is not null as found',
    [table],
  )
  return rows[0]?.found === true
}

/** Takes the watch away; there may be none. */
export async function removeWatch(client: Client): Promise<void> {
  await client.query(`
    set client_min_messages = warning;
    drop event trigger if exists ${ownSchema}_begin;
    drop event trigger if exists ${ownSchema}_end;
    drop schema if exists ${ownSchema} cascade`)
}

/**
 * Forgets what was seen, and strikes the command that ends as the `turn`-th from now, if any:
 * `ledger` is the first write to the ledger after a command that changed the schema, whichever turn
 * that has.
 */
export async function armWatch(
  client: Client,
  turn?: number | 'ledger',
  strike?: Strike,
): Promise<void> {
  await client.query(`truncate ${ownSchema}.command, ${ownSchema}.plan`)
  await client.query(
    `select setval('${ownSchema}.turn', 1, false), setval('${ownSchema}.struck', 1, false)`,
  )
  if (turn === undefined) return
  const at = turn === 'ledger' ? null : turn
  await client.query(`insert into ${ownSchema}.plan values ($1, $2)`, [at, strike])
}

/** The turn at which the armed strike hit, if it did; it is kept also where all was rolled back. */
export async function struckTurn(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ struck: boolean; turn: string }>(
    `select is_called as struck, last_value as turn from ${ownSchema}.struck`,
  )
  return rows[0]?.struck === true ? Number(rows[0].turn) : undefined
}

interface CommandRow {
  readonly at: string
  readonly transaction: string
  readonly what: string
  readonly startedAtMs: number
  readonly committedAtMs: number
  readonly locks: WatchedCommand['locks'] | null
}

/**
 * What was seen and committed since the watch was armed. Relations in locks are ids as text.
 */
export async function watchedCommands(client: Client): Promise<WatchedCommand[]> {
  const { rows } = await client.query<CommandRow>(
    `select at, transaction, what, locks,
       (extract(epoch from started_at) * 1000)::float8 as "startedAtMs",
       (extract(epoch from committed_at) * 1000)::float8 as "committedAtMs"
     from ${ownSchema}.command order by at`,
  )
  return rows.map((row) => ({ ...row, at: Number(row.at), locks: row.locks ?? [] }))
}
