#!/usr/bin/env bash
# Makes .peers/venv: the Python packages that Leeway is compared with. Nothing else here needs them.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

venv=$root/.peers/venv
stamp=$root/.peers/stamp
need "$python" "Install Python 3.11 or newer (on Debian: apt-get install python3 python3-venv)."
key="$(key peers "${BASH_SOURCE[0]}") $(command -v "$python")"
if fresh "$stamp" "$key" "$venv/bin/python"; then
    step "Python peers: there already"
    exit
fi

step "Installing the Python peers (scikit-learn and what it needs, 120 MB) …"
"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' ||
    fail "$("$python" --version 2>&1) is not among the Pythons that Scripts/pins.txt has wheels for: 3.11, 3.12, 3.13." \
        "Name another: make peers PYTHON=/path/to/python3.13"
scratch "$root/.peers"
room "$root/.peers" 1000

# A virtual environment cannot be moved, so it is made in place, and the stamp alone says that it is whole.
rm -rf "$venv" "$stamp"
trap 'rm -rf "$work"; [[ -f $stamp ]] || rm -rf "$venv"' EXIT

# Without a pip of its own: Debian's Python lacks what that takes, and the one outside can install into it.
said=$("$python" -m venv --without-pip "$venv" 2>&1) ||
    fail "$python -m venv could not make $venv: ${said##*$'\n'}" "On Debian: apt-get install python3-venv"
pins peers > "$work/pins.txt"
run_pip "the Python peers" --python "$venv/bin/python" install --no-deps --require-hashes --only-binary=:all: \
    -r "$work/pins.txt"
printf '%s\n' "$key" > "$work/stamp"
mv "$work/stamp" "$stamp"
