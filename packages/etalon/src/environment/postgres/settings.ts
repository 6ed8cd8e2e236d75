/**
 * How a server treats a commit.
 *
 * - `fast`: for data that is thrown away; a crash of the machine would lose it. Nothing about
 *   recovery or durability may be claimed on such a server.
 * - `honest`: PostgreSQL's own defaults for production: a commit is on disk before it is answered.
 */
export type Durability = 'fast' | 'honest'

const common: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_checkpoints: 'off',
  shared_preload_libraries: 'pg_stat_statements',
  // The instances of a run have their statements counted side by side, and none may be forgotten.
  'pg_stat_statements.max': '20000',
  track_io_timing: 'on',
  max_wal_size: '2GB',
  scram_iterations: '1',
  // Clones a template with copy_file_range: shared blocks where the file system can, else a copy
  // inside the kernel.
  file_copy_method: 'clone',
}

const ofDurability: Readonly<Record<Durability, Readonly<Record<string, string>>>> = {
  fast: {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
  },
  honest: { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' },
}

/** The command-line settings of a server. */
export function settingsOf(
  durability: Durability,
  further: Readonly<Record<string, string>> = {},
): string[] {
  return Object.entries({ ...common, ...ofDurability[durability], ...further }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  )
}
