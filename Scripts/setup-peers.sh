#!/usr/bin/env bash
# Makes the virtual environments in .peers/: Python packages that Leeway is compared with, or driven by in tests.
#
#     Scripts/setup-peers.sh [peers] [serving] [mlserver] [drift] [deploy]       (peers, if none is named)
#
# peers: scikit-learn, in .peers/venv.
# serving: clients of the server and servers that it is measured against, in .peers/serving; wrk; .peers/promtool.
# mlserver: one more such server, which wants other versions, in .peers/mlserver.
# drift: Evidently, NannyML and River, which the drift study compares with, in .peers/drift; NannyML's car-loan table in
# .peers/drift/data.
# deploy: linters of what is in deploy/, in .peers/deploy.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# install_peers SECTION FOLDER MEGABYTES PYTHONS WHAT: a virtual environment of the section's pins. In a subshell, since
# it traps its exit.
install_peers() (
    section=$1 venv=$root/.peers/$2 megabytes=$3 pythons=$4 what=$5
    stamp=$root/.peers/$section.stamp
    key="$(key "$section" "${BASH_SOURCE[0]}") $(command -v "$python")"
    if fresh "$stamp" "$key" "$venv/bin/python"; then
        step "$what: there already"
        return
    fi

    step "Installing $what ($megabytes MB) …"
    found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    [[ " $pythons " == *" $found "* ]] ||
        fail "Python $found is not among those that Scripts/pins.txt has wheels for: $pythons." \
            "Name another: PYTHON=/path/to/python${pythons##* } Scripts/setup-peers.sh $section"
    scratch "$root/.peers"
    room "$root/.peers" $((2 * megabytes + 500))

    # A virtual environment cannot be moved, so it is made in place, and the stamp alone says that it is whole.
    rm -rf "$venv" "$stamp"
    trap 'rm -rf "$work"; [[ -f $stamp ]] || rm -rf "$venv"' EXIT

    # Without a pip of its own: Debian's Python lacks what that takes, and the one outside can install into it.
    said=$("$python" -m venv --without-pip "$venv" 2>&1) ||
        fail "$python -m venv could not make $venv: ${said##*$'\n'}" "On Debian: apt-get install python3-venv"
    pins "$section" > "$work/pins.txt"
    run_pip "$what" --python "$venv/bin/python" install --no-deps --require-hashes --only-binary=:all: \
        -r "$work/pins.txt"
    printf '%s\n' "$key" > "$work/stamp"
    mv "$work/stamp" "$stamp"
)

# install_tools: wrk makes load, promtool checks our metrics. Both are worth a loud word and no stop: what needs them
# says so again.
install_tools() {
    local promtool=$root/.peers/promtool/usr/bin/promtool
    if ! command -v wrk > /dev/null; then
        step "Installing wrk …"
        (install_packages wrk) || warn "wrk is missing: the serving benchmark cannot run."
    fi
    if ! command -v promtool > /dev/null && [[ ! -x $promtool ]]; then
        step "Fetching promtool (20 MB) …"
        (
            scratch "$root/.peers"
            take_from_package prometheus usr/bin/promtool "$promtool"
        ) || warn "promtool is missing: the metrics are not checked with it."
    fi
}

# copy_car_loan: NannyML's own example, out of the package that carries it.
copy_car_loan() (
    data=$root/.peers/drift/data
    packages=$("$root/.peers/drift/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')

    # copy NAME SHA-256
    copy() {
        local from=$packages/nannyml/datasets/data/synthetic_car_loan_$1.csv to=$data/synthetic_car_loan_$1.csv
        [[ ! -f $to || $(sha256 "$to") != "$2" ]] || return 0
        [[ $(sha256 "$from") == "$2" ]] || fail "$from is not the file expected: its SHA-256 differs." \
            "Scripts/setup-peers.sh names the one expected."
        cp "$from" "$work/$1.csv"
        mv "$work/$1.csv" "$to"
    }
    scratch "$data"
    copy reference e6d2e70d8bac3e892764cb96570efb1adebf8f95497e07e96746eb1d94925995
    copy analysis 1ecfee47fbce587b423d1eb365cbb7b36265388596dca5b3e1fed0748159529b
    copy analysis_target 017d51c34548b57e663d216ad369588fa30d6a9523f94b81ef0a2af148009560
)

(($#)) || set -- peers
need "$python" "Install Python 3.11 or newer (on Debian: apt-get install python3 python3-venv)."
for section; do
    case $section in
        peers) install_peers peers venv 450 "3.11 3.12 3.13" "scikit-learn and what it needs" ;;
        serving)
            install_peers serving serving 640 "3.11 3.12 3.13" "clients and other servers"
            install_tools
            ;;
        mlserver) install_peers mlserver mlserver 520 "3.11 3.12" "MLServer" ;;
        drift)
            install_peers drift drift 1850 "3.11 3.12" "Evidently, NannyML and River"
            copy_car_loan
            ;;
        deploy) install_peers deploy deploy 110 "3.11 3.12 3.13" "linters" ;;
        *) fail "There is no section named $section." "There are: peers, serving, mlserver, drift, deploy." ;;
    esac
done
