#!/bin/sh
# Update requirements.lock to the newest compatible versions, for Python 3.11 and later, on every platform.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check uv
"$folder/bin/uv" pip compile --quiet --universal --python-version 3.11 --upgrade --all-extras \
    --no-emit-index-url --no-annotate --no-header --output-file "$folder/requirements.lock" pyproject.toml
cp "$folder/requirements.lock" requirements.lock
echo "requirements.lock is updated: run \`make test\` before you commit it."
