#!/usr/bin/env bash
# Puts DuckDB's library into .native/lib. See weaken_symbols.py for why the wheel's own file needs an edit.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

version=$(pins native | sed -n 's/^duckdb==\([^ ]*\).*/\1/p')
library=$root/.native/lib/libduckdb.so
stamp=$root/.native/stamp

if [[ $(uname -s) == Darwin ]]; then
    library=$root/.native/lib/libduckdb.dylib
    step "DuckDB, from Homebrew"
    need brew "Install Homebrew, then: brew install duckdb"
    installed=$(brew --prefix)/lib/libduckdb.dylib
    [[ -e $installed ]] || fail "No DuckDB library at $installed." "Run: brew install duckdb"
    mkdir -p "${library%/*}" && ln -sf "$installed" "$library"
    exit
fi

key=$(key native "${BASH_SOURCE[0]}" "$root/Scripts/weaken_symbols.py")
if fresh "$stamp" "$key" "$library"; then
    step "DuckDB $version: there already"
    exit
fi

step "Fetching DuckDB $version …"
machine=$(uname -m)
case $machine in
    x86_64 | aarch64) ;;
    arm64) machine=aarch64 ;;
    *) fail "No DuckDB wheel is pinned for this processor: $machine." \
        "Install a libduckdb of version 1.5 or newer and set LEEWAY_DRIVER_PATH to its folder." ;;
esac
scratch "$root/.native"
room "$root/.native" 400

# One wheel for every machine, whatever Python it has: the library inside needs none.
download native "DuckDB $version" --only-binary=:all: --python-version 3.12 --implementation cp --abi abi3 \
    --platform "manylinux_2_28_$machine"
wheels=("$work"/duckdb-*.whl)
said=$({
    "$python" -m zipfile -e "${wheels[0]}" "$work/wheel" &&
        extensions=("$work"/wheel/_duckdb.*.so) &&
        "$python" "$root/Scripts/weaken_symbols.py" "${extensions[0]}" "$work/libduckdb.so" Py _Py
} 2>&1) || fail "DuckDB's library could not be taken out of its wheel: ${said##*$'\n'}" \
    "If the disk is full, make room; then run the same command again."

mkdir -p "${library%/*}"
chmod 755 "$work/libduckdb.so"
printf '%s  libduckdb.so\n' "$(sha256 "$work/libduckdb.so")" > "$work/sum"
mv "$work/libduckdb.so" "$library"
mv "$work/sum" "$library.sha256"
printf '%s\n' "$key" > "$work/stamp"
mv "$work/stamp" "$stamp"
