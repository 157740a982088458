#!/bin/sh
# Electron's sandbox refuses root. As root the tests start it as nobody, who owns nothing but the test's own folder.
if [ "$(id -u)" = 0 ]; then
  exec setpriv --reuid=65534 --regid=65534 --clear-groups "$E2E_ELECTRON" "$@"
fi
exec "$E2E_ELECTRON" "$@"
