#!/usr/bin/env bash
# Trains a model on the Adult table in demo/, lets its data drift, and says what to look at and what to type next.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

leeway=$root/.build/release/leeway
[[ -x $leeway ]] || fail "There is no release build." "Run: make build"
export LEEWAY_DRIVER_PATH=$root/.native/lib

step "Training on the Adult table, in demo/ …"
mkdir -p "$root/demo"
cd "$root/demo"
if [[ ! -e leeway.yaml ]]; then
    cp "$root/Examples/adult/leeway.yaml" leeway.yaml
elif ! cmp -s leeway.yaml "$root/Examples/adult/leeway.yaml"; then
    note "demo/leeway.yaml was changed, and is used as it is"
fi
"$leeway" run || fail "leeway run stopped; see above."
printf '\n'
"$leeway" models list || fail "leeway models list stopped; see above."

printf '\n'
step "A drill: everybody is five years older, and a fifth of the employers is missing …"
test_file=$root/.data/adult/adult.test
"$leeway" simulate "$test_file" --no-header --skip-lines 1 --shift age:+5 --null workclass:0.2 -o drifted.csv --force --quiet ||
    fail "leeway simulate stopped; see above."
printf '\n'
status=0
"$leeway" drift --current drifted.csv --html drift.html || status=$?
# 3: something can't be judged. A leeway.yaml of one's own may make it so.
[[ $status =~ ^[034]$ ]] || fail "leeway drift stopped; see above."

# Run names are UUIDv7: the last by name is the last by time.
runs=(.leeway/runs/*/)
cat << TEXT

What this run wrote: demo/${runs[-1]}
The drift as a page: demo/drift.html
What the run did is in demo/leeway.yaml. Go on with:

    cd demo
    ../.build/release/leeway models show champion
    ../.build/release/leeway predict ../.data/adult/adult.test --no-header --skip-lines 1 -o scored.csv
    ../.build/release/leeway serve
    ../.build/release/leeway run --dry-run
    ../.build/release/leeway doctor
TEXT
