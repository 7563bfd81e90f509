#!/usr/bin/env bash
# Builds the programs for the browser, unless they were made from the very files that are here now: the dashboard into web/dist,
# its details into web/dist/details, the account into web/dist/account, the operator's desk into web/dist/operator. Fonts are the
# same files for all.
set -euo pipefail
source "$(dirname "$0")/env.sh"

# trunk empties web/dist first, so a stamp in there speaks of what lies beside it.
stamp=web/dist/.stamp
sources=(web shared/src shared/Cargo.toml Cargo.toml Cargo.lock Trunk.toml scripts/dashboard.sh)
inputs=$(find "${sources[@]}" '(' -path web/dist -o -path web/generated -o -path web/account.html ')' -prune -o -type f -print0 |
  sort -z | xargs -0 sha256sum | sha256sum)
[[ -e web/dist/index.html && -e web/dist/details/index.html && -e web/dist/account/index.html && -e web/dist/operator/index.html && $(cat "$stamp" 2>/dev/null) == "$inputs" ]] && { say 'dashboard: up to date'; exit; }

say "dashboard: build with the compiler of $(wasm_compiler) (minutes the first time)"
# trunk reads NO_COLOR as true or false, and fails on the usual 1.
unset NO_COLOR
wasm trunk build --offline --locked --release
wasm trunk build --offline --locked --release --dist web/dist/details --public-url /details/ web/details.html
# The same page with another program. It is made here, and not kept.
sed 's/data-bin="details"/data-bin="account"/' web/details.html >web/account.html
wasm trunk build --offline --locked --release --dist web/dist/account --public-url /account/ web/account.html
wasm trunk build --offline --locked --release --dist web/dist/operator --public-url /operator/ web/operator.html
sh web/scripts/join.sh
echo "$inputs" >"$stamp"
