#!/usr/bin/env bash
# The rules that a compiler does not know, and the ones it does. Tells every breach, then fails.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

cd "$root"
breaches=0
breach() {
    printf 'error: %s\n' "$*" >&2
    breaches=$((breaches + 1))
}

folders=()
for folder in Sources Tests; do [[ ! -d $folder ]] || folders+=("$folder"); done
swift_files() { find "$@" -name '*.swift' -not -path '*/.build/*' | sort; }

step "Checking format …"
swift format lint --strict --recursive --parallel "${folders[@]}" Package.swift ||
    breach "the format differs from .swift-format: make format mends most of it"

step "Checking files …"
while read -r lines file; do
    limit=500
    [[ $file != Tests/* ]] || limit=700
    if ((lines > limit)); then
        breach "$file has $lines lines; the limit is $limit"
    elif ((lines > 300)); then
        note "$file has $lines lines: is it still one thing?"
    fi
done < <(swift_files "${folders[@]}" | while read -r file; do printf '%s %s\n' "$(wc -l < "$file")" "$file"; done)

while read -r file; do
    breach "$file: name it by what is in it"
done < <(swift_files "${folders[@]}" | grep -iE '/[^/]*(utils?|utilities|helpers?)\.swift$' || true)

# A newcomer opens Sources/README.md: a target that is missing there is missed.
while read -r target; do
    grep -q "^\*\*\`$target\`\*\*" Sources/README.md || breach "Sources/README.md has no paragraph for $target"
done < <(sed -nE 's/.*\.(executableTarget|target)\(name: "([A-Za-z]+)".*/\2/p; s/^ *name: "(Leeway[A-Za-z]+)",.*/\1/p' Package.swift |
    grep -vE 'Tests$|TestSupport$' | sort -u)

# What a table is called belongs in its configuration: the program knows none.
while read -r hit; do
    breach "$hit: a word of the example table"
done < <(grep -rnowFi -f Examples/adult/words.txt Sources || true)

for script in Scripts/*.sh .ci/run; do
    bash -n "$script" || breach "$script does not parse"
done
for script in Scripts/*.py Benchmarks/run Benchmarks/*.py Benchmarks/*/*.py Benchmarks/*/*/*.py Tests/Clients/*.py; do
    "$python" -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' "$script" || breach "$script does not parse"
done

# Our targets treat warnings as errors (Package.swift), those we depend on do not.
step "Checking that everything builds, each target with only the imports it declares …"
swift build --build-tests --explicit-target-dependency-import-check error || breach "it does not build"

((breaches == 0)) || fail "$breaches of the checks failed; each is told above."
note "all well"
