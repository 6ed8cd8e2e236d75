import { statement } from 'service-kit'

/** How the server and this database are. */
export const readHealth = statement<Record<string, string | number | null>, []>(
  'report-health',
  `select current_setting('server_version') as server_version,
     round(extract(epoch from now() - pg_postmaster_start_time())) as uptime_s,
     pg_database_size(current_database()) as size_bytes,
     d.numbackends as connections, current_setting('max_connections')::int as connections_max,
     (select round(extract(epoch from max(now() - xact_start))::numeric, 3) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()) as longest_transaction_s,
     (select count(*) from pg_locks where not granted) as locks_waited_for,
     d.xact_commit as commits, d.xact_rollback as rollbacks, d.deadlocks,
     d.checksum_failures, d.temp_bytes,
     round(100.0 * d.blks_hit / nullif(d.blks_hit + d.blks_read, 0), 2) as cache_hit_percent,
     (select age(datfrozenxid) from pg_database where datname = current_database())
       as transactions_since_freeze
   from pg_stat_database d where d.datname = current_database()`,
)

export interface TableUse {
  readonly table: string
  readonly rows: number
  readonly dead_rows: number
  readonly reads_end_to_end: number
  readonly rows_read_end_to_end: number
  readonly reads_by_index: number
  readonly inserted: number
  readonly updated: number
  readonly updated_in_place: number
  readonly deleted: number
  readonly cache_hit_percent: number | null
  readonly last_vacuum: Date | null
  readonly last_analyze: Date | null
}

/** How each table is read and written, since the statistics were last reset. */
export const readTableUse = statement<TableUse, []>(
  'report-table-use',
  `select t.relname as table, t.n_live_tup as rows, t.n_dead_tup as dead_rows,
     t.seq_scan as reads_end_to_end, t.seq_tup_read as rows_read_end_to_end,
     coalesce(t.idx_scan, 0) as reads_by_index,
     t.n_tup_ins as inserted, t.n_tup_upd as updated, t.n_tup_hot_upd as updated_in_place,
     t.n_tup_del as deleted,
     round(100.0 * io.heap_blks_hit / nullif(io.heap_blks_hit + io.heap_blks_read, 0), 2)
       as cache_hit_percent,
     greatest(t.last_vacuum, t.last_autovacuum) as last_vacuum,
     greatest(t.last_analyze, t.last_autoanalyze) as last_analyze
   from pg_stat_user_tables t join pg_statio_user_tables io using (relid)
   where t.schemaname = 'public' order by t.seq_tup_read desc, 1`,
)

export interface BackupFigures {
  readonly completed: number
  readonly failed: number
  readonly corrupt: number
  readonly removed: number
  readonly newest_age_s: number | null
  readonly newest_full_age_s: number | null
  readonly last_trial_age_s: number | null
  readonly last_trial_recovered: boolean | null
  readonly kept_bytes: number
}

/** How backups stand. */
export const readBackupFigures = statement<BackupFigures, [now: Date]>(
  'report-backups',
  `select count(*) filter (where status = 'completed') as completed,
     count(*) filter (where status = 'failed') as failed,
     count(*) filter (where status = 'corrupt') as corrupt,
     count(*) filter (where status = 'removed') as removed,
     round(extract(epoch from $1 - max(finished_at) filter (where status = 'completed')), 3)
       as newest_age_s,
     round(extract(epoch from $1 - max(finished_at)
       filter (where status = 'completed' and kind = 'full')), 3) as newest_full_age_s,
     round(extract(epoch from $1 - max(restore_tested_at)), 3) as last_trial_age_s,
     (select (restore_report ->> 'recovered')::boolean from backups
      where restore_tested_at is not null order by restore_tested_at desc limit 1)
       as last_trial_recovered,
     coalesce(sum(size_bytes) filter (where status in ('completed', 'corrupt')), 0) as kept_bytes
   from backups`,
)

export interface BackupLine {
  readonly started_at: Date
  readonly kind: string
  readonly status: string
  readonly size_bytes: number | null
  readonly duration_s: number | null
  readonly restore_tested_at: Date | null
  readonly error_message: string | null
}

/** The backups of the last month, newest first. */
export const readBackupLines = statement<BackupLine, [now: Date]>(
  'report-backup-lines',
  `select started_at, kind, status, size_bytes,
     round(extract(epoch from finished_at - started_at), 3) as duration_s, restore_tested_at,
     error_message
   from backups where started_at > $1::timestamptz - interval '31 days'
   order by started_at desc, id desc`,
)

export interface IndexUse {
  readonly index: string
  readonly table: string
  readonly size_bytes: number
  readonly scans: number
  readonly last_scan: Date | null
  /** Whether a constraint stands on it, so that it cannot go even if nobody reads by it. */
  readonly needed: boolean
  readonly valid: boolean
  /** Another index of the table begins with the same columns and has the same condition. */
  readonly covered_by: string | null
}

/** Every index: how often it is read, and whether another one does its work. */
export const readIndexUse = statement<IndexUse, []>(
  'report-index-use',
  `with own as (
     select i.*, c.relname as name,
       coalesce(pg_get_expr(i.indpred, i.indrelid), '') as condition, c.relam,
       (select string_agg(pg_get_indexdef(i.indexrelid, k, false) || ' ' || i.indoption[k - 1], ','
          order by k) || ',' from generate_series(1, i.indnkeyatts) k) as keys
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = 'public'::regnamespace
   )
   select o.name as index, o.indrelid::regclass::text as table,
     pg_relation_size(o.indexrelid) as size_bytes, coalesce(s.idx_scan, 0) as scans,
     s.last_idx_scan as last_scan, o.indisunique as needed, o.indisvalid as valid,
     (select min(other.name) from own other
      where other.indrelid = o.indrelid and other.indexrelid <> o.indexrelid
        and other.relam = o.relam and other.condition = o.condition and not o.indisunique
        and other.keys like o.keys || '%'
        and (other.keys <> o.keys or other.indexrelid < o.indexrelid or other.indisunique)
     ) as covered_by
   from own o left join pg_stat_user_indexes s using (indexrelid)
   order by scans, size_bytes desc, 1`,
)

export interface TableGrowth {
  readonly table: string
  readonly rows: number
  readonly size_bytes: number
  readonly rows_of_30_days: number
}

const growing = ['users', 'projects', 'document_versions', 'agent_executions', 'exports']

/** Tables that grow with use: how large they are, and how many rows the last 30 days brought. */
export const readGrowth = statement<TableGrowth, [now: Date]>(
  'report-growth',
  growing
    .map(
      (table) => `select '${table}' as table, count(*) as rows,
        pg_total_relation_size('${table}') as size_bytes,
        count(*) filter (where created_at > $1::timestamptz - interval '30 days')
          as rows_of_30_days
      from ${table}`,
    )
    .join(' union all '),
)
