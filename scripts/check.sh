#!/usr/bin/env bash
# What can be known without running the program.
#
#   check.sh STEP...   in the order given: format clippy clippy_wasm supply_chain pure one_tls
set -euo pipefail
source "$(dirname "$0")/env.sh"

format() { cargo fmt --all --check; }

# The same members and features as the tests have, so that nothing is compiled for this alone.
clippy() { cargo clippy --locked --workspace --all-targets --keep-going --features hourglass/demo -- -D warnings; }

# The profile of the dashboard's build, so that build scripts and macros are there already.
clippy_wasm() { wasm cargo clippy --locked -p web --target "$wasm_target" --profile wasm-release -- -D warnings; }

supply_chain() {
  cargo deny --locked check --hide-inclusion-graph bans licenses sources
  # The list of known holes is fetched from GitHub, which not every machine reaches.
  if timeout 60 cargo deny --locked fetch db >/dev/null 2>&1; then
    cargo deny --locked --offline check --hide-inclusion-graph advisories
  else
    say 'WARNING: advisories were NOT checked: the database of RustSec cannot be fetched from here'
  fi
}

# Alone: among other members their features, a clock for one, would be lent to it.
pure() {
  cargo check --locked -p shared
  wasm cargo check --locked -p shared --target "$wasm_target" --profile wasm-release
}

# Two providers of TLS would be two to keep safe, and rustls refuses to choose.
one_tls() {
  local tree
  tree=$(cargo tree --locked -p hourglass --features demo --edges normal --prefix none)
  grep -q '^aws-lc-rs v' <<<"$tree" || die 'aws-lc-rs is not in the tree of hourglass: what does TLS now?'
  if grep -E '^(ring|openssl|openssl-sys|native-tls) v' <<<"$tree" | sort -u; then
    die "a second provider of TLS. Who brings it: cargo tree -p hourglass --edges normal -i NAME"
  fi
}

for step; do
  declare -F "$step" >/dev/null || die "no such step: $step"
  say "check: $step"
  "$step"
done
