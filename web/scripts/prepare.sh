#!/bin/sh
# Trunk's pre_build hook: joins the style sheets into one request, and gives fonts names with content hashes, which trunk
# does not do for what a style sheet refers to; for a release all are made small. Writes web/generated, which is not committed.
set -eu
cd "$(dirname "$0")/.."

# Debian 12's wasm-opt (108) writes every exported table as table 0; the page then dies on its first line.
if [ "${TRUNK_PROFILE:-}" = release ] && command -v wasm-opt >/dev/null; then
    version=$(wasm-opt --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    if [ "$version" -lt 116 ]; then
        echo "wasm-opt $version is too old: put a newer one first on PATH (npm i binaryen@132)" >&2
        exit 1
    fi
fi
next=$(mktemp -d)
trap 'rm -rf "$next"' EXIT
mkdir "$next/fonts"
cat style/tokens.css style/base.css style/frame.css style/card.css style/page.css style/books.css style/print.css >"$next/dashboard.css"
cat style/details/*.css >"$next/details.css"
cat "$next/dashboard.css" style/desk.css >"$next/operator.css"
cp scripts/boot.js "$next/boot-desk.js"
cat scripts/boot.js scripts/later.js >"$next/boot.js"
for font in style/fonts/*.woff2; do
    name=$(basename "$font" .woff2)
    hash=$(sha256sum "$font" | cut -c1-16)
    cp "$font" "$next/fonts/$name-$hash.woff2"
    sed -i "s#/fonts/$name\.woff2#/fonts/$name-$hash.woff2#g" "$next"/*.css "$next"/*.js
done
if [ "${TRUNK_PROFILE:-}" = release ]; then
    esbuild --minify --log-level=error --allow-overwrite --outdir="$next" "$next"/*.css "$next"/*.js
fi
cp style/fonts/OFL.txt "$next/fonts/OFL.txt"
# Unchanged files keep their times, so that `trunk serve` does not see its own writing as an edit.
if ! diff -rq "$next" generated >/dev/null 2>&1; then
    rm -rf generated
    cp -r "$next" generated
    chmod 755 generated
fi
