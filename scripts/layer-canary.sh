#!/bin/sh
# Proves that the layer rules can fail: a forbidden import must turn them red.
set -eu
cd "$(dirname "$0")/.."
canary=src/networks/layer-canary.ts
trap 'rm -f "$canary"' EXIT
printf "import '../center/api/contract.ts';\nimport 'node:net';\n" > "$canary"
if node_modules/.bin/depcruise --config .dependency-cruiser.cjs "$canary" > /dev/null 2>&1; then
  echo 'layers: the canary was not noticed: the rules see nothing' >&2
  exit 1
fi
echo 'layers: canary seen'
