#!/bin/sh
# Runs a command with SUNDEW_TEST_DATABASE_URL of a throwaway cluster of Debian's PostgreSQL 15, the oldest that is promised:
#   scripts/with-postgres15.sh vitest run --project unit src/storage
set -eu
bin=/usr/lib/postgresql/15/bin
if [ ! -x "$bin/postgres" ]; then
  echo 'with-postgres15: not installed: run  sudo scripts/install-peers.sh' >&2
  exit 1
fi
dir=$(mktemp -d "${TMPDIR:-/tmp}/sundew-pg15-XXXXXX")
# PostgreSQL refuses root; Debian's package brings the user postgres.
as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd "$dir" && runuser -u postgres -- "$@"); else "$@"; fi
}
finish() {
  as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate stop > /dev/null 2>&1 || true
  rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM
chmod 755 "$dir"
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
as_owner "$bin/initdb" -D "$dir/data" -U sundew -A trust -E UTF8 --locale=C.UTF-8 -N > /dev/null
as_owner "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" \
  -o "-c listen_addresses= -c unix_socket_directories=$dir -c fsync=off -c max_connections=200" start > /dev/null
SUNDEW_TEST_DATABASE_URL="postgresql://sundew@localhost/postgres?host=$dir"
export SUNDEW_TEST_DATABASE_URL
"$@"
