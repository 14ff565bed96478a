#!/bin/sh
# Install Chromium from Debian's packages, where there is no such browser. Called by `make browser`.
set -eu
[ -z "${CHROMIUM:-}" ] || {
    echo "there is a browser: $CHROMIUM"
    exit 0
}
command -v apt-get >/dev/null || {
    echo "error: there is no apt-get here" >&2
    echo "what to do: install Chromium by the means of your system, so that \`chromium\` starts it" >&2
    exit 1
}
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
echo "installing the package chromium"
$as_root apt-get update -q
$as_root apt-get install -q -y --no-install-recommends chromium
