#!/usr/bin/env bash
# Builds the programs for the browser, unless they were made from the very files that are here now: the dashboard into web/dist,
# each other program into a folder of its own there. Fonts are the same files for all.
set -euo pipefail
source "$(dirname "$0")/env.sh"

# trunk empties web/dist first, so a stamp in there speaks of what lies beside it.
stamp=web/dist/.stamp
sources=(web shared/src shared/Cargo.toml Cargo.toml Cargo.lock Trunk.toml scripts/dashboard.sh)
inputs=$(find "${sources[@]}" '(' -path web/dist -o -path web/generated -o -path web/details.html -o -path web/account.html -o -path web/figures.html ')' -prune -o -type f -print0 |
  sort -z | xargs -0 sha256sum | sha256sum)
[[ -e web/dist/index.html && -e web/dist/details/index.html && -e web/dist/account/index.html && -e web/dist/figures/index.html && -e web/dist/operator/index.html && $(cat "$stamp" 2>/dev/null) == "$inputs" ]] && { say 'dashboard: up to date'; exit; }

say "dashboard: build with the compiler of $(wasm_compiler) (minutes the first time)"
# trunk reads NO_COLOR as true or false, and fails on the usual 1.
unset NO_COLOR
wasm trunk build --offline --locked --release
for program in details account figures; do
  # The first page with another program: its style sheet besides, none of its files, no panels while it loads. Made here, not kept.
  sed -e '/rel="copy-/d' -e '/For who was here before/,/<\/main>/d' -e 's/ aria-current="page"//' \
    -e "s/data-bin=\"dashboard\"/data-bin=\"$program\"/" \
    -e '/generated\/dashboard.css/{p;s/dashboard/details/}' web/index.html >web/$program.html
  wasm trunk build --offline --locked --release --dist web/dist/$program --public-url /$program/ web/$program.html
done
wasm trunk build --offline --locked --release --dist web/dist/operator --public-url /operator/ web/operator.html
sh web/scripts/join.sh
echo "$inputs" >"$stamp"
