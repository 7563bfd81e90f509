# Sourced by the other scripts: where things are kept, which versions, which compiler for what.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Outside the checkout, so that a fresh clone does not build everything anew.
cache=${HOURGLASS_CACHE:-$HOME/.cache/hourglass}
mkdir -p "$cache"
cache=$(realpath "$cache")

# Rustup's compiler before any other: Debian's, which may be in /usr/bin, is for the dashboard alone.
rustup_bin=$(dirname "$(command -v rustup || echo "${CARGO_HOME:-$HOME/.cargo}/bin/rustup")")
export PATH=$cache/tools/bin:$rustup_bin:$PATH
export CARGO_TARGET_DIR=$cache/target

say() { printf '==> %s\n' "$*"; }
die() { printf 'hourglass: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null; }

wasm_target=wasm32-unknown-unknown

has_debian_wasm() {
  [[ -x /usr/bin/rustc && -x /usr/bin/cargo && -x /usr/bin/cargo-clippy && -x /usr/bin/wasm-ld-22 ]] &&
    [[ -e $(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library/std/Cargo.toml ]]
}

# Which compiler can build for the browser: `rustup`, `debian` or `none`. HOURGLASS_WASM=debian passes rustup's over.
wasm_compiler() {
  if [[ ${HOURGLASS_WASM-} != debian ]] && grep -qx "$wasm_target" <<<"$(rustup target list --installed 2>/dev/null)"; then
    echo rustup
  elif has_debian_wasm; then
    echo debian
  else
    echo none
  fi
}

# wasm COMMAND...: with the compiler, the settings and the target folder of the dashboard.
wasm() {
  local settings=(CARGO_TARGET_DIR="$cache/target-wasm")
  case $(wasm_compiler) in
    rustup) ;;
    # Debian has the compiler and the source of its library, which is built for the browser along with ours.
    debian) settings+=(PATH="$cache/tools/bin:/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc RUSTC_BOOTSTRAP=1
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22 CARGO_UNSTABLE_BUILD_STD='std,panic_abort') ;;
    none) die "no compiler for $wasm_target: run 'make setup'" ;;
  esac
  env "${settings[@]}" "$@"
}
