// Settings of the embedded server, given at every start so that an upgrade changes them: small, durable, private.

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '50',
  superuser_reserved_connections: '3',
  // Durability is the point of this database: all three are the defaults, said aloud.
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // A small box: about 70 MB in all at rest.
  shared_buffers: '64MB',
  effective_cache_size: '256MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  huge_pages: 'off',
  io_method: 'sync', // no worker processes for asynchronous reads
  max_worker_processes: '4',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  autovacuum_max_workers: '2',
  jit: 'off',
  // No replica reads this WAL.
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_buffers: '4MB',
  min_wal_size: '64MB',
  max_wal_size: '512MB',
  checkpoint_timeout: '10min',
  // Text that went through it belongs to strangers: keep it out of the log.
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
  lc_messages: 'C',
};

/** The settings as `-c name=value`, with overrides. */
export function settingsAsArguments(socketDir: string, overrides: Readonly<Record<string, string>>): readonly string[] {
  const all = { ...SETTINGS, unix_socket_directories: quoteList(socketDir), ...overrides };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The setting is a list of names: quotes keep commas and blanks of a path in one. */
function quoteList(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}
