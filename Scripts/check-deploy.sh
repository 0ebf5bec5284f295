#!/usr/bin/env bash
# Holds what is in deploy/ against what knows better: linters, systemd, and Leeway's own --help.
#
#     Scripts/check-deploy.sh
#
# The linters come from `Scripts/setup-peers.sh deploy`. What is missing is skipped, loudly; what is found fails.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

cd "$root"
tools=$root/.peers/deploy/bin
found=0
bad() {
    printf 'error: %s\n' "$*" >&2
    found=$((found + 1))
}

# lint NAME WHAT ARGUMENT...: runs a linter, or says that it is not there.
lint() {
    local name=$1 what=$2
    shift 2
    if [[ ! -x $tools/$name ]]; then
        warn "SKIPPED: $what is not checked: $name is missing (Scripts/setup-peers.sh deploy)."
        return
    fi
    note "$what: $name"
    "$tools/$name" "$@" || bad "$what: see $name's lines above"
}

step "Checking deploy/ …"
lint yamllint "the YAML" --strict -c deploy/yamllint.yaml deploy/docker deploy/kubernetes
lint hadolint "the Dockerfile" deploy/docker/Dockerfile
lint check-jsonschema "the compose file" --builtin-schema vendor.compose-spec -q deploy/docker/compose.yaml
manifests=()
for file in deploy/kubernetes/*.yaml; do [[ $file == */kustomization.yaml ]] || manifests+=("$file"); done
lint kubernetes-validate "the manifests" --strict --quiet "${manifests[@]}"

if ! command -v systemd-analyze > /dev/null; then
    warn "SKIPPED: the units are not checked: systemd-analyze is missing (on Debian: apt-get install systemd)."
else
    note "the units: systemd-analyze"
    (
        scratch "$root/.build"
        # An instance of each, so that what %i makes of a path is seen, and programs that are there.
        for unit in deploy/systemd/*@.*; do
            name=${unit##*/}
            sed 's|/usr/local/bin/leeway|/bin/true|' "$unit" > "$work/${name/@/@churn}"
        done
        said=$(systemd-analyze verify --man=no "$work"/*.service "$work"/*.timer 2>&1 | grep -F "$work" || true)
        [[ -z $said ]] || { printf '%s\n' "$said" >&2; exit 1; }
        for unit in "$work"/*.service; do
            systemd-analyze security --offline=true --threshold=30 --no-pager "$unit" > "$work/score" ||
                { tail -n 1 "$work/score" >&2; exit 1; }
            note "${unit##*/}: $(tail -n 1 "$work/score" | sed 's/.*: //')"
        done
    ) || bad "the units: see the lines above"
fi

if [[ ! -x .build/release/leeway && ! -x .build/debug/leeway ]]; then
    warn "SKIPPED: whether Leeway has the commands that deploy/ calls: it is not built (make build)."
else
    note "the commands: leeway --help"
    "$python" Scripts/deployed_commands.py || bad "the commands: see the lines above"
fi
((found == 0)) || fail "$found of the checks failed; each is told above."
note "all well"
