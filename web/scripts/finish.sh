#!/bin/sh
# Trunk's post_build hook: names the hashed font in index.html's preload, drops what nothing loads, and lays a brotli-11
# twin beside every asset, so that the server compresses nothing at run time.
set -eu
font=$(basename "$TRUNK_SOURCE_DIR"/generated/fonts/latin-*.woff2)
cd "$TRUNK_STAGING_DIR"
sed -i "s#/fonts/latin\.woff2#/fonts/$font#" index.html
find . -type f \( -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.wasm' -o -name '*.txt' \) \
    -exec brotli --quality=11 --force --keep {} +

# What a customer downloads before anything is drawn. It is kept by taking something out, not by another number here.
limit=200000
for program in dashboard-*_bg.wasm.br; do
    [ -e "$program" ] || continue
    size=$(wc -c <"$program")
    if [ "$size" -gt "$limit" ]; then
        echo "$program has $size bytes, and may have $limit" >&2
        exit 1
    fi
done
