#!/bin/sh
# Writes src/analysis/data/marks.tsv.gz from lists of misp-warninglists (CC0 1.0): a folder with one NAME.tsv for each,
# a column `value` under a header. The same lists give the same bytes.
set -eu
lists=${1:?usage: scripts/build-host-marks.sh FOLDER}
cd "$(dirname "$0")/.."
mark() { # MARK NAME: the lines of a list, each behind its mark
  tail -n +2 "$lists/$2.tsv" | sed "s/^\.//" | awk -v mark="$1" '/^[0-9a-z_.-]+$/ { print mark "\t" $0 }'
}
{
  mark shortener url-shortener
  mark dynamic-dns dynamic-dns
  mark disposable-email disposable-email
  mark security-post security-provider-blogpost
  mark captive-portal captive-portals
  mark common-file common-ioc-false-positive
  mark eicar-test eicar.com
  mark empty-file empty-hashes
} | LC_ALL=C sort -u | gzip -9n >src/analysis/data/marks.tsv.gz
