#!/bin/sh
# Install what the tests of the site and `make pdf` need of Debian's packages, where it is missing:
# Chromium, and a font with Korean letters, without which they are printed as empty boxes.
# Called by `make browser`; WITH_FIREFOX=1 adds Firefox.
set -eu
missing=
[ -n "${CHROMIUM:-}" ] || missing="$missing chromium"
[ -n "$(fc-list :lang=ko 2>/dev/null)" ] || missing="$missing fontconfig fonts-nanum"
[ -z "${WITH_FIREFOX:-}" ] || command -v firefox >/dev/null || command -v firefox-esr >/dev/null ||
    missing="$missing firefox-esr"
[ -n "$missing" ] || {
    echo "there is a browser, $CHROMIUM, and a font for Korean"
    exit 0
}
command -v apt-get >/dev/null || {
    echo "error: there is no apt-get here, and these are missing:$missing" >&2
    echo "what to do: install them by the means of your system, so that \`chromium\` starts the browser" >&2
    exit 1
}
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
echo "installing$missing"
$as_root apt-get update -q
# shellcheck disable=SC2086 # a list of names
$as_root apt-get install -q -y --no-install-recommends $missing
