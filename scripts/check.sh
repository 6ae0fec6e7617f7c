#!/bin/sh
# Everything that must be green before a review: types, style, layers with their canary, unused code, unit tests.
# All steps run even when one fails; the last line says which did.
cd "$(dirname "$0")/.." || exit 1
PATH=$PWD/node_modules/.bin:$PATH
export PATH
failed=
step() {
  name=$1
  shift
  echo "== $name"
  "$@" || failed="$failed $name"
}
step types npm run -s typecheck
step style npm run -s lint
step layers npm run -s layers
step unused npm run -s unused
[ "${1:-}" = --static ] || step tests vitest run --project unit
if [ -n "$failed" ]; then
  echo "check: failed:$failed" >&2
  exit 1
fi
echo 'check: all green'
