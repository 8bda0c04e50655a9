#!/bin/sh
# Install bubblewrap, the sandbox in which submissions run, or say how to. Without it, grading decides how to continue.
set -eu
if command -v bwrap >/dev/null || [ "$(uname)" != Linux ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing bubblewrap, the sandbox in which submissions run."
    export DEBIAN_FRONTEND=noninteractive
    if apt-get install --yes --quiet=2 bubblewrap >/dev/null 2>&1 ||
        { apt-get update --quiet=2 && apt-get install --yes --quiet=2 bubblewrap >/dev/null; }; then
        exit 0
    fi
fi
echo "bubblewrap, the sandbox in which submissions run, is missing: run \`sudo apt-get install bubblewrap\`." \
    "Until then, \`.venv/bin/autograder doctor\` says which isolation this machine has without it." >&2
