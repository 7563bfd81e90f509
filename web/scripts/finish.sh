#!/bin/sh
# Trunk's post_build hook: names the hashed font in index.html's preload, lets the program wait until the shell is painted, and
# lays a brotli-11 twin beside every asset, so that the server compresses nothing at run time. The details and the account take style sheet
# and script from where the dashboard has them: under the same name they are in the browser already.
set -eu
font=$(basename "$TRUNK_SOURCE_DIR"/generated/fonts/latin-*.woff2)
cd "$TRUNK_STAGING_DIR"
sed -i "s#/fonts/latin\.woff2#/fonts/$font#" index.html
# On a slow line words and their face come first, with all of it to themselves; a moment later the program and its glue, at once.
paint="await new Promise((seen) => (document.hidden ? seen() : requestAnimationFrame(() => setTimeout(seen))));"
sed -i -E -e 's#<link rel="(modulepreload|preload)" href="[^"]*(\.js|_bg\.wasm)"[^>]*>##g' \
    -e "s#^import init, \* as bindings from '(.*)\.js';#$paint\nconst file = fetch('\1_bg.wasm');\nconst { default: init, ...bindings } = await import('\1.js');#" \
    -e "s#^const wasm = await init\(.*#const wasm = await init({ module_or_path: file });#" index.html
grep -q 'module_or_path: file' index.html || { echo "trunk starts programs in another way now" >&2; exit 1; }
if grep -q '"/\(details\|account\)/dashboard-' index.html; then
    sed -i -e 's#"/\(details\|account\)/\(dashboard\|boot\)-#"/\2-#g' -e 's#"/account/details-#"/details/details-#g' index.html
    rm dashboard-*.css boot-*.js
    ! grep -q '"/account/' index.html || rm -f details-*.css
fi
find . -type f \( -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.wasm' -o -name '*.txt' -o -name '*.svg' \
    -o -name '*.webmanifest' \) -exec brotli --quality=11 --force --keep {} +
