#!/usr/bin/env bash
# Sees that this machine can build Leeway, and installs the few system packages that it lacks.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

wanted=$(sed -n '1s/.*swift-tools-version: *\([0-9.]*\).*/\1/p' "$root/Package.swift")
wanted=${wanted:-6.1}
disk_mb=4096

need swift "Leeway is built with Swift $wanted or newer. Download a toolchain from swift.org (Install, then Linux)," \
    "unpack it, and put its usr/bin folder on your PATH."
found=$(swift --version 2> /dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' || true)
[[ -n $found ]] || fail "$(command -v swift) does not start." "Run \`swift --version\` to see why."
[[ $(printf '%s\n%s\n' "$wanted" "$found" | sort -V | head -n 1) == "$wanted" ]] ||
    fail "Swift $found is too old: Leeway needs $wanted or newer." "Download a newer toolchain from swift.org."
need git "The Swift package manager fetches packages with it (on Debian: apt-get install git)."

# Asked only before the first build: a later one needs little more.
[[ -d $root/.build ]] || room "$root" "$disk_mb"

missing=()
if [[ $(uname -s) == Linux ]]; then
    command -v "$python" > /dev/null || missing+=(python3)
    "$python" -c 'import pip' 2> /dev/null || missing+=(python3-pip)
    [[ -e /usr/include/sqlite3.h ]] || dpkg -s libsqlite3-dev > /dev/null 2>&1 || missing+=(libsqlite3-dev)
    [[ -e /etc/ssl/certs/ca-certificates.crt || -d /etc/pki ]] || missing+=(ca-certificates)
fi
if ((${#missing[@]})); then
    step "Installing system packages …"
    install_packages "${missing[@]}"
else
    step "System: Swift $found, nothing missing"
fi
