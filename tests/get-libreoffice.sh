#!/bin/sh
# Brings LibreOffice for the tests that open our Word files, unless there is one: Debian's or Ubuntu's packages, where
# we may install them. There is no other place it could come from, so without them this says what to do, and fails.
set -eu

packages="libreoffice-writer-nogui python3-uno"

has_libreoffice() {
    command -v soffice >/dev/null && /usr/bin/python3 -c 'import uno' 2>/dev/null
}

as_root() {
    if [ "$(id -u)" = 0 ]; then env DEBIAN_FRONTEND=noninteractive "$@"; else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi </dev/null
}

if has_libreoffice; then exit 0; fi
echo "Fetching LibreOffice for the tests of Word files"
if command -v apt-get >/dev/null && as_root true 2>/dev/null; then
    # shellcheck disable=SC2086 # a list of words
    if as_root apt-get -qq update && as_root apt-get -qq install --yes --no-install-recommends $packages >/dev/null; then
        if has_libreoffice; then exit 0; fi
    fi
fi
echo "LibreOffice is missing, and the slow tests open Word files with it" >&2
echo "    hint: install it with its Python bridge (on Debian: $packages), or run 'make test'" >&2
exit 1
