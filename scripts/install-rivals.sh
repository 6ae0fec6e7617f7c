#!/bin/sh
# Installs what `npm run eval`, `npm run eval:warning` and `npm run bench:analysis` measure Sundew against, from Debian; CI needs
# none of it. Where a rival is missing, the scorecard says so.
set -eu
exec "$(dirname "$0")/install-packages.sh" rivals rspamd redis-server spamassassin bogofilter-sqlite r-cran-surveillance file
