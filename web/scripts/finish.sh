#!/bin/sh
# Trunk's post_build hook: names the hashed font in index.html's preload, lets the program wait until the shell is painted, and
# lays a brotli-11 twin beside every asset, so that the server compresses nothing at run time. The customer's other programs take style
# sheets and script from where the first has them: under the same name they are in the browser already.
set -eu
font=$(basename "$TRUNK_SOURCE_DIR"/generated/fonts/latin-*.woff2)
cd "$TRUNK_STAGING_DIR"
sed -i "s#/fonts/latin\.woff2#/fonts/$font#" index.html
# On a slow line words and their face come first, with all of it to themselves; a moment later the program and its glue, at once.
# What is painted is told a frame or two later; some browsers tell of nothing while nobody looks.
paint="await new Promise((seen) => { new PerformanceObserver(seen).observe({ type: 'paint', buffered: true }); setTimeout(seen, document.hidden ? 0 : 500); });"
sed -i -E -e 's#<link rel="(modulepreload|preload)" href="[^"]*(\.js|_bg\.wasm)"[^>]*>##g' \
    -e "s#^import init, \* as bindings from '(.*)\.js';#$paint\nconst file = fetch('\1_bg.wasm');\nconst { default: init, ...bindings } = await import('\1.js');#" \
    -e "s#^const wasm = await init\(.*#const wasm = await init({ module_or_path: file });#" index.html
grep -q 'module_or_path: file' index.html || { echo "trunk starts programs in another way now" >&2; exit 1; }
own=$(sed -n 's#.*"/\([a-z]*\)/dashboard-[0-9a-f]*\.css".*#\1#p' index.html)
case $own in
    details | account | figures)
        sed -i -e "s#\"/$own/\(dashboard\|boot\)-#\"/\1-#g" -e "s#\"/$own/\(details-[0-9a-f]*\.css\)#\"/details/\1#" index.html
        rm dashboard-*.css boot-*.js
        [ "$own" = details ] || rm details-*.css
        ;;
esac
# The glue as wasm-bindgen writes it explains itself at length. What has a checksum in the page was made small before.
if [ "${TRUNK_PROFILE:-}" = release ]; then
    glue=$(sed -n -E "s#.*import\('/([a-z]+/)?([^/']*)'\).*#\2#p" index.html)
    esbuild --minify --log-level=error --allow-overwrite --outfile="$glue" "$glue"
fi
find . -type f \( -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.wasm' -o -name '*.txt' -o -name '*.svg' \
    -o -name '*.webmanifest' \) -exec brotli --quality=11 --force --keep {} +
