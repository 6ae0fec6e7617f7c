#!/bin/sh
# Installs the real servers and clients that the suite `lab` talks to, from Debian; only what is missing. Nothing that it
# installs is started as a service: the tests start what they need, on loopback, and stop it again.
set -eu
packages='prosody lua-sec ngircd chromium python3-slixmpp sendxmpp irssi postgresql tshark libmeanwhile-dev gcc pkg-config
file yara python3-tlsh python3-pefile p7zip-full zip xz-utils bzip2 genisoimage'

missing=
for package in $packages; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
if [ -z "$missing" ]; then
  echo 'install-peers: all there'
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo "install-peers: needs root to install:$missing" >&2
  echo "install-peers: run  sudo scripts/install-peers.sh" >&2
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
echo "install-peers: installed$missing"
