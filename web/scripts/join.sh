#!/bin/sh
# After all five programs were built into web/dist: is every file that a page names there? Gives the service worker the name of
# this build, prints what each program weighs, and holds the customer's four to their limit.
set -eu
cd "$(dirname "$0")/../dist"

for page in index.html details/index.html account/index.html figures/index.html operator/index.html; do
    for name in $(grep -o '["'"'"']/[^"'"'"' ]*\.\(js\|css\|wasm\|woff2\|png\|webmanifest\)["'"'"']' "$page" | tr -d "\"'"); do
        [ -e ".$name" ] || { echo "$page names $name, which was not built" >&2; exit 1; }
    done
done

build=$(cat index.html details/index.html account/index.html figures/index.html | sha256sum | cut -c1-16)
sed -i "s/hourglass-BUILD/hourglass-$build/" sw.js
brotli --quality=11 --force --keep sw.js

# What a customer downloads before anything is drawn. It is kept by taking something out, not by another number here.
limit=200000
printf '%-10s %9s %9s %9s\n' program raw gzip brotli
for program in dashboard-*_bg.wasm details/details-*_bg.wasm account/account-*_bg.wasm figures/figures-*_bg.wasm operator/operator-*_bg.wasm; do
    name=$(basename "$program" | cut -d- -f1)
    size=$(wc -c <"$program.br")
    printf '%-10s %9d %9d %9d\n' "$name" "$(wc -c <"$program")" "$(gzip -9 -c "$program" | wc -c)" "$size"
    if [ "$name" != operator ] && [ "$size" -gt "$limit" ]; then
        echo "$program has $size bytes, and may have $limit" >&2
        exit 1
    fi
done
