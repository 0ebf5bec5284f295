#!/usr/bin/env bash
# The loop on the Adult table, in demo/loop: train, serve, drift, retrain, promote, refuse; says what to look at next.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

leeway=$root/.build/release/leeway
[[ -x $leeway ]] || fail "There is no release build." "Run: make build"
need "$python" "Install Python 3.11 or newer (on Debian: apt-get install python3)."
export LEEWAY_DRIVER_PATH=$root/.native/lib

step "A model of the Adult table lives through a change of its world, in demo/loop …"
mkdir -p "$root/demo/loop"
cd "$root/demo/loop"
if [[ ! -e leeway.yaml ]]; then
    cp "$root/Examples/adult/loop.yaml" leeway.yaml
elif ! cmp -s leeway.yaml "$root/Examples/adult/loop.yaml"; then
    note "demo/loop/leeway.yaml was changed, and is used as it is"
fi
# Each demo is a story of its own; what is kept of the last one lies beside.
if [[ -e .leeway ]]; then
    rm -rf .leeway.last
    mv .leeway .leeway.last
fi
"$python" "$root/Scripts/demo_loop.py" "$leeway" "$root/.data/adult" "$PWD" ||
    fail "The demo stopped; see above." "The server's own words: demo/loop/server.log"

cat << TEXT

All of it as a page: demo/loop/history.html. Go on with:

    cd demo/loop
    ../../.build/release/leeway history
    ../../.build/release/leeway history --decisions
    ../../.build/release/leeway models show champion
    ../../.build/release/leeway drift --window 1h
    ../../.build/release/leeway serve --loop
TEXT
