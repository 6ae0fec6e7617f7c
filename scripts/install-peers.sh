#!/bin/sh
# Installs the real servers and clients that the suite `lab` talks to, from Debian; only what is missing. Nothing that it
# installs is started as a service: the tests start what they need, on loopback, and stop it again.
set -eu
"$(dirname "$0")/install-packages.sh" peers prosody lua-sec ngircd chromium python3-slixmpp sendxmpp irssi postgresql tshark libmeanwhile-dev gcc pkg-config file yara python3-tlsh python3-pefile python3-venv p7zip-full zip xz-utils bzip2 genisoimage

# OASIS's validator of STIX is in no Debian package; test/lab/peers.ts looks for it here. It needs no network when it runs.
venv=/opt/sundew-peers
validator=stix2-validator==3.3.2
if [ -x "$venv/bin/stix2_validator" ]; then
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo "install-peers: needs root to install $validator to $venv" >&2
  echo "install-peers: run  sudo scripts/install-peers.sh" >&2
  exit 1
fi
if /usr/bin/python3 -m venv "$venv" && "$venv/bin/pip" install -qqq --disable-pip-version-check "$validator"; then
  echo "install-peers: installed $validator"
else
  rm -rf "$venv"
  echo "install-peers: $validator could not be had from PyPI, so the STIX test is skipped; run this again when PyPI can be reached" >&2
fi
