#!/bin/sh
# install-packages.sh LABEL PACKAGE…: Debian packages, only those that are missing, and none started as a service. For
# install-peers.sh and install-rivals.sh.
set -eu
label=$1
shift
packages=$*

missing=
for package in $packages; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
if [ -z "$missing" ]; then
  echo "install-$label: all there"
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo "install-$label: needs root to install:$missing" >&2
  echo "install-$label: run  sudo scripts/install-$label.sh" >&2
  exit 1
fi

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' INT TERM
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# shellcheck disable=SC2086 # a list of names
apt-get install -q -y --no-install-recommends $missing
echo "install-$label: installed$missing"
