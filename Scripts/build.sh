#!/usr/bin/env bash
# Builds the release binary: one file that needs no Swift where it runs.
#
#     Scripts/build.sh [PRODUCT...]       (leeway, if none is named)
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

cd "$root"
(($#)) || set -- leeway
step "Building $* (the first time takes some minutes) …"
flags=(-c release)
if [[ $(uname -s) == Linux ]]; then
    # Stripped, or the static standard library and its symbols make it four times as large. The run path lets an
    # installed copy take the SQLite beside it: see install.sh.
    # shellcheck disable=SC2016
    flags+=(--static-swift-stdlib -Xlinker -s -Xlinker -rpath -Xlinker '$ORIGIN/../lib/leeway')
fi
for product; do
    swift build "${flags[@]}" --product "$product" || {
        room "$root" 500
        fail "The build failed; its first error is above." "Packages not fetched: is there a network?" \
            "Strange errors after the folder was moved or Swift was updated: make clean, then again."
    }
done

# The binary looks for native libraries in ../lib/leeway: so one run from the build folder finds DuckDB as well.
built=$(cd .build/release && pwd -P)
mkdir -p "$built/../lib"
ln -sfn "$root/.native/lib" "$built/../lib/leeway"
