#!/usr/bin/env bash
# A year of flights as a stream, lived through once for each retraining policy, and docs/loop-study.md written of it.
#
#     Benchmarks/year.sh [--dry]
#
# Sets up what it needs, as `make loop-study` does.
source "$(dirname "${BASH_SOURCE[0]}")/../Scripts/lib.sh"

cd "$root"
if [[ ${STEP:-} == "" ]]; then
    STEP=1/6 Scripts/setup-system.sh
    STEP=2/6 Scripts/fetch-native.sh
    STEP=3/6 Scripts/fetch-data.sh adult flights
    STEP=4/6 Scripts/setup-peers.sh peers drift
    STEP=5/6 Scripts/build.sh leeway
    export STEP=6/6
fi
exec "$python" Benchmarks/loop/run "$@"
