#!/bin/sh
# Installs the real servers and clients that the suite `lab` talks to, from Debian; only what is missing. Nothing that it
# installs is started as a service: the tests start what they need, on loopback, and stop it again.
set -eu
exec "$(dirname "$0")/install-packages.sh" peers prosody lua-sec ngircd chromium python3-slixmpp sendxmpp irssi postgresql tshark libmeanwhile-dev gcc pkg-config file yara python3-tlsh python3-pefile p7zip-full zip xz-utils bzip2 genisoimage
