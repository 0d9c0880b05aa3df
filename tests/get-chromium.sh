#!/bin/sh
# Brings a Chromium for the browser tests, unless there is one: Debian's package where we may install it, else the
# one that Playwright keeps in .venv/. Usage: get-chromium.sh PYTHON
set -eu

python=$1
packages="chromium fonts-noto-core fonts-noto-cjk" # with letters for every language of the site

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
if ls "${PLAYWRIGHT_BROWSERS_PATH:-.venv/browsers}"/chromium* >/dev/null 2>&1; then exit 0; fi

as_root() {
    if [ "$(id -u)" = 0 ]; then env DEBIAN_FRONTEND=noninteractive "$@"; else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi </dev/null
}

echo "Fetching Chromium for the browser tests"
# Ubuntu has apt as well, but its package is a pointer to a snap, which containers cannot run.
if grep -qs '^ID=debian$' /etc/os-release && command -v apt-get >/dev/null && as_root true 2>/dev/null; then
    # shellcheck disable=SC2086 # a list of words
    if as_root apt-get -qq update && as_root apt-get -qq install --yes --no-install-recommends $packages >/dev/null; then
        exit 0
    fi
    echo "Debian's package could not be installed; Playwright's is taken instead" >&2
fi
"$python" -m playwright install chromium
