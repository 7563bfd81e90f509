#!/bin/sh
# Trunk's post_build hook: names the hashed font in index.html's preload, and lays a brotli-11 twin beside every asset, so that
# the server compresses nothing at run time. The details take style sheet and script from where the dashboard has them: under
# the same name they are in the browser already.
set -eu
font=$(basename "$TRUNK_SOURCE_DIR"/generated/fonts/latin-*.woff2)
cd "$TRUNK_STAGING_DIR"
sed -i "s#/fonts/latin\.woff2#/fonts/$font#" index.html
if grep -q '"/details/dashboard-' index.html; then
    sed -i 's#"/details/\(dashboard\|boot\)-#"/\1-#g' index.html
    rm dashboard-*.css boot-*.js
fi
find . -type f \( -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.wasm' -o -name '*.txt' -o -name '*.svg' \
    -o -name '*.webmanifest' \) -exec brotli --quality=11 --force --keep {} +
