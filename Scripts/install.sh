#!/usr/bin/env bash
# Installs the release build and the two libraries it needs under PREFIX. The tree can be moved afterwards.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

prefix=${PREFIX:-/usr/local}
target=${DESTDIR:-}$prefix
binary=$root/.build/release/leeway
duckdb=$root/.native/lib/libduckdb.so
[[ $(uname -s) == Linux ]] || duckdb=$root/.native/lib/libduckdb.dylib

step "Installing to $target …"
[[ -x $binary && -e $duckdb ]] || fail "There is no release build to install." "Run: make build"
mkdir -p "$target/bin" "$target/lib/leeway" 2> /dev/null || true
[[ -w $target/bin && -w $target/lib/leeway ]] ||
    fail "No permission to write to $target." \
        "Install elsewhere (make install PREFIX=\$HOME/.local), or run: sudo make install PREFIX=$prefix"
room "$target" 150

# put FILE TARGET MODE: by way of a rename, so that a running leeway keeps the file it has open.
put() {
    if ! { install -m "$3" "$1" "$2.new" && mv -f "$2.new" "$2"; }; then
        rm -f "$2.new"
        fail "Could not write $2." "Is the disk full?"
    fi
}
put "$binary" "$target/bin/leeway" 755
put "$duckdb" "$target/lib/leeway/${duckdb##*/}" 755

# SQLite travels along: a machine without Swift and headers often has none.
sqlite=
if command -v ldd > /dev/null; then
    sqlite=$(ldd "$binary" | awk '$1 == "libsqlite3.so.0" { print $3 }')
fi
[[ ! -e $sqlite ]] || put "$sqlite" "$target/lib/leeway/libsqlite3.so.0" 644

note "bin/leeway, lib/leeway/*: $(du -shc "$target/bin/leeway" "$target/lib/leeway" | awk 'END { print $1 }')"
case :$PATH: in
    *":$prefix/bin:"*) note "next: leeway --help" ;;
    *) note "next: $prefix/bin/leeway --help   ($prefix/bin is not on your PATH)" ;;
esac
