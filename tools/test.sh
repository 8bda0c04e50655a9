#!/bin/sh
# Run everything that can fail. Types and built files are checked beside the tests, which leave the cores some time.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
unset PYTHONDONTWRITEBYTECODE # else each of hundreds of processes compiles the engine anew
"$bin/ruff" check --quiet
"$bin/ruff" format --check --quiet

said=$(mktemp)
trap 'rm -f "$said"' EXIT
{ "$bin/python" -m coursebuild --check && "$bin/mypy" --no-error-summary; } >"$said" 2>&1 &
beside=$!
status=0
processes=$(($(nproc) + 1)) # tests of browsers, clusters and limits wait most of the time
"$bin/pytest" --quiet --numprocesses "$processes" --dist loadgroup --no-loadscope-reorder -m "not inner" || status=$?
wait "$beside" || status=$?
cat "$said"
exit "$status"
