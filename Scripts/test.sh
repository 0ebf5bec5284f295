#!/usr/bin/env bash
# Runs the tests. Arguments go to `swift test`, as in: Scripts/test.sh --filter DriftTests
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

cd "$root"
step "Testing …"
export LEEWAY_DRIVER_PATH=$root/.native/lib
# All tests are of Swift Testing: XCTest would only say that it ran none.
swift test --disable-xctest --explicit-target-dependency-import-check error "$@" || {
    room "$root" 500
    fail "Tests failed." "The first failure is above; one alone: Scripts/test.sh --filter NAME"
}
