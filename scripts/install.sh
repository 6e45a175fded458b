#!/bin/sh
# Install this project into a virtual environment: install.sh VENV REQUIREMENT
# With uv when it is there, else with venv and pip; versions as constraints.txt pins them.
set -eu

venv=$1
requirement=$2
python=${PYTHON:-python3}

if ! command -v "$python" >/dev/null 2>&1; then
    echo "Python fehlt: bitte Python 3.11 oder neuer installieren. · Python 3.11 or newer is needed." >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" --version) ist zu alt, nötig ist 3.11 oder neuer (make PYTHON=python3.12 …)." >&2
    echo "$("$python" --version) is too old, 3.11 or newer is needed (make PYTHON=python3.12 …)." >&2
    exit 1
fi

echo "Einrichten in $venv … · setting up in $venv …"
if command -v uv >/dev/null 2>&1; then
    if uv venv --quiet --allow-existing --python "$python" "$venv" &&
        uv pip install --quiet --python "$venv/bin/python" --constraint constraints.txt \
            --build-constraint constraints.txt --editable "$requirement"; then
        exit 0
    fi
    echo "uv kam nicht durch, weiter mit pip. · uv did not succeed, going on with pip." >&2
fi
if ! "$python" -m venv "$venv"; then
    echo "Auf Debian und Ubuntu fehlt vielleicht das Paket python3-venv." >&2
    echo "On Debian and Ubuntu the package python3-venv may be missing." >&2
    exit 1
fi
# The variable reaches the environment that builds the package too.
PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 \
    "$venv/bin/python" -m pip install --quiet --editable "$requirement"
