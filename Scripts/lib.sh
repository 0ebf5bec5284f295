# Shared by the scripts here: how they speak, and how they download. Sourced, never run.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=${PYTHON:-python3}
export PIP_DISABLE_PIP_VERSION_CHECK=1

# STEP is set by the Makefile: a script cannot know how many steps there are around it.
step() { printf '==> %s%s\n' "${STEP:+[$STEP] }" "$*"; }

note() { printf '    %s\n' "$*"; }

# fail WHAT [LINE...]: what went wrong, then how to mend it, a line each.
fail() {
    printf 'error: %s\n' "$1" >&2
    shift
    if (($#)); then printf '       %s\n' "$@" >&2; fi
    exit 1
}

# warn WHAT: goes on, but is seen.
warn() { printf 'warning: %s\n' "$*" >&2; }

# need COMMAND LINE...: stops unless the command exists.
need() {
    command -v "$1" > /dev/null || fail "$1 is not on your PATH." "${@:2}"
}

sha256() {
    if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1
}

# pins SECTION: its lines of pins.txt.
pins() { awk -v wanted="# [$1]" '/^# \[/ { on = $0 == wanted; next } on' "$root/Scripts/pins.txt"; }

# key SECTION FILE...: changes when a pin of the section or a file of the step's recipe does.
key() { { pins "$1"; cat "${@:2}"; } | cksum; }

# fresh STAMP KEY FILE...: true when the stamp was written for this key and nothing has gone since.
fresh() {
    local stamp=$1 wanted=$2 file
    shift 2
    [[ -f $stamp && $(< "$stamp") == "$wanted" ]] || return 1
    for file; do [[ -s $file ]] || return 1; done
}

# scratch FOLDER: sets $work, a new folder in FOLDER. The same disk as the result, so that the last rename is
# atomic, and gone at exit however the script ends; kill -9 is why old ones are looked for.
scratch() {
    mkdir -p "$1" 2> /dev/null || fail "Cannot write to $1." "Is the folder yours, and is the disk mounted for writing?"
    find "$1" -maxdepth 1 -name '.part.*' -mmin +120 -exec rm -rf {} +
    work=$(mktemp -d "$1/.part.XXXXXX" 2> /dev/null) || fail "Cannot write to $1." "Is the folder yours, and is the disk full?"
    trap 'rm -rf "$work"' EXIT
    export TMPDIR=$work
}

# room FOLDER MEGABYTES: stops early rather than half-way when the disk is too full.
room() {
    local free
    free=$(($(df -Pk "$1" | awk 'END { print $4 }') / 1024))
    ((free >= $2)) || fail "The disk of $1 has $free MB free; this step needs $2 MB." \
        "Make room, then run the same command again."
}

# run_pip WHAT ARGUMENT...: pip, with its failures told in terms of what to do. Its words are kept in memory, since a
# full disk would lose them.
run_pip() {
    local what=$1 said
    shift
    need "$python" "Install Python 3.11 or newer (on Debian: apt-get install python3 python3-pip)."
    said=$("$python" -m pip --quiet --no-input --retries 2 "$@" 2>&1) && return
    case $said in
        *'No space left'*)
            fail "The disk is full; pip could not get $what." "Make room, then run the same command again." ;;
        *'No module named pip'*)
            fail "$python has no pip." "On Debian: apt-get install python3-pip" ;;
    esac
    tail -n 4 <(printf '%s\n' "$said") | cut -c 1-200 | sed 's/^/    pip: /' >&2
    case $said in
        *'DO NOT MATCH THE HASHES'*)
            fail "What pip got for $what is not what Scripts/pins.txt pins: its SHA-256 differs. Nothing was kept." \
                "Clear pip's cache ($python -m pip cache purge) and try again. If it happens again, your package index" \
                "serves another file: do not use it." ;;
        *'ermission denied'*)
            fail "No permission to write; pip could not get $what." "See pip's lines above." ;;
    esac
    fail "pip could not get $what." \
        "Is there a network, and does pip reach its package index (pip config list shows which)?" \
        "Then run the same command again."
}

# download SECTION WHAT PIP-ARGUMENT...: the section's pinned files into $work, hash-checked.
download() {
    pins "$1" > "$work/pins.txt"
    run_pip "$2" download --no-deps --require-hashes -r "$work/pins.txt" -d "$work" "${@:3}"
}

# install_packages PACKAGE...: Debian's packages, or who has to install them.
install_packages() {
    local as=() said
    command -v apt-get > /dev/null || fail "Missing: $*." \
        "This system has no apt-get: install what your distribution calls them, then run the same command again."
    if ((EUID)); then
        if sudo -n true 2> /dev/null; then
            as=(sudo -n)
        else
            fail "Missing, and you are not root: $*." "Ask an administrator to run:" \
                "    apt-get update && apt-get install -y $*" "Then run the same command again."
        fi
    fi
    note "installing $*"
    said=$({ "${as[@]}" apt-get update && "${as[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "$@"; } 2>&1 < /dev/null) || {
        tail -n 4 <(printf '%s\n' "$said") | sed 's/^/    apt: /' >&2
        fail "apt-get could not install: $*." "Is there a network, and is no other apt-get running?" \
            "Run it by hand to see more: apt-get update && apt-get install -y $*"
    }
}

# take_from_package PACKAGE PATH TARGET: one file of a Debian package, not installed: some packages start a service.
# Needs `scratch`. apt checks the package against Debian's signed lists, which only root can fetch.
take_from_package() {
    local said
    command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null ||
        fail "This system has no apt-get to take $2 of $1 with." "Install it as your distribution says."
    said=$(cd "$work" && {
        apt-get download "$1" || { ((EUID == 0)) && apt-get update && apt-get download "$1"; }
    } 2>&1 < /dev/null) || {
        tail -n 4 <(printf '%s\n' "$said") | sed 's/^/    apt: /' >&2
        fail "apt-get could not download $1." "Is there a network? Run it by hand to see more: apt-get download $1"
    }
    mkdir "$work/package"
    dpkg-deb --fsys-tarfile "$work/$1"_*.deb | tar -x -C "$work/package" "./$2" ||
        fail "The package $1 holds no $2."
    mkdir -p "$(dirname "$3")"
    mv "$work/package/$2" "$3"
}
