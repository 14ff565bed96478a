#!/bin/sh
# Make .venv with the pinned packages and dlcourse itself. Called by make; run it from the top folder.
set -eu
python=${PYTHON:-python3}

stop() {
    echo "error: $1" >&2
    echo "what to do: $2" >&2
    exit 1
}

command -v "$python" >/dev/null ||
    stop "there is no $python" \
         "install Python 3.11 or newer (Debian, Ubuntu: apt-get install python3 python3-venv), or say where it is: make PYTHON=/path/to/python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "$("$python" --version) is too old; dlcourse needs 3.11 or newer" \
         "install a newer Python and say where it is: make PYTHON=/path/to/python3"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    stop "$python cannot make virtual environments" \
         "install its venv module (Debian, Ubuntu: apt-get install python3-venv)"

echo "installing the pinned packages into .venv (once; takes a few minutes)"
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt &&
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --no-deps --no-build-isolation --editable . ||
    stop "the packages could not be installed" \
         "look at the lines above; if the network was away, run it again; if .venv is broken: make clean-venv"
