#!/bin/sh
# Create or repair the virtual environment .venv and install the packages that a make target needs.
#
#   tools/environment.sh [EXTRA ...]     EXTRA: an extra of pyproject.toml, e.g. grading
#
# Versions come from requirements.lock. .venv/installed.txt records what is installed, so a second call returns at once.
# The file .venv/half-made exists while an installation is running; if it was interrupted, the next call starts again.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH PIP_REQUIRE_VIRTUALENV
venv=.venv
stamp=$venv/installed.txt
half=$venv/half-made

fail() {
    echo "$*" >&2
    exit 1
}

# venv would empty the folder that a link leads to, and then refuse to make an environment there
[ ! -L "$venv" ] || fail "$(pwd)/$venv is a symbolic link: remove it with \`rm $venv\`, then run the same command again."

is_recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

is_usable() {
    is_recent "$1" && "$1" -c 'import ensurepip, venv' 2>/dev/null
}

sudo=$([ "$(id -u)" = 0 ] || echo "sudo ")

# Print the Python to use: $PYTHON if given, else python3 if it is suitable, else the newest suitable version.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_usable "$PYTHON" || fail "PYTHON=$PYTHON is not a Python 3.11 or newer that can create virtual environments."
        echo "$PYTHON"
        return
    fi
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_usable "$python"; then
            echo "$python"
            return
        fi
    done
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_recent "$python"; then
            version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
            fail "This machine's $version cannot create virtual environments:" \
                "run \`${sudo}apt-get install $version-venv\`, then the same command again."
        fi
    done
    found=$(python3 --version 2>/dev/null || echo "no Python 3")
    for version in python3.13 python3.12 python3.11; do
        if apt-cache show "$version-venv" >/dev/null 2>&1; then
            fail "This course needs Python 3.11 or newer, and this machine has $found:" \
                "run \`${sudo}apt-get install $version $version-venv\`, then the same command again."
        fi
    done
    fail "This course needs Python 3.11 or newer, and this machine has $found:" \
        "install one from https://www.python.org/downloads/ and pass its path, e.g. \`make lab PYTHON=/path/to/python3.13\`."
}

works() {
    [ ! -e "$half" ] && is_recent "$venv/bin/python" && "$venv/bin/python" -c 'import pip' 2>/dev/null
}

# the content of an up-to-date stamp: a checksum of the files read, the folder, and all extras requested so far
extras=$({ sed -n '3p' "$stamp" 2>/dev/null | tr ',' '\n'; printf '%s\n' "$@"; } | sort -u | sed '/^$/d' | paste -sd, -)
want=$(cat pyproject.toml requirements.txt requirements.lock | cksum; pwd; echo "$extras")
if works && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
    exit 0
fi

# the scripts of an environment contain its path, so a moved environment does not work
if ! works || { [ -f "$stamp" ] && [ "$(sed -n 2p "$stamp")" != "$(pwd)" ]; }; then
    python=$(find_python)
    [ ! -e "$venv" ] || echo "The environment in $venv is incomplete or was moved: creating it again."
    "$python" -m venv --clear "$venv" || fail "The environment $(pwd)/$venv could not be created: see the lines above."
fi
echo "Installing into $venv with $("$venv/bin/python" --version). The first time, this takes a minute or two."
: >"$half"
pip="$venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock"
{ $pip setuptools && $pip --no-build-isolation --editable ".${extras:+[$extras]}"; } ||
    fail "The packages could not be installed: see the lines above, check the network, then run the same command again."
echo "$want" >"$stamp"
rm "$half"
