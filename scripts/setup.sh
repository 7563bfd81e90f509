#!/usr/bin/env bash
# Installs what is missing, and says what. Running it again does nothing.
#
#   setup.sh demo   what `make demo` needs: the dashboard's compiler and its tools
#   setup.sh test   that, and what the tests need: a browser, PostgreSQL, nginx, Caddy, nextest, cargo-deny, two SDKs
#                   and a store that speaks S3 and a mail server for Python, what looks at pages for Node; nothing of it is started, and
#                   nginx and Caddy do not come up with the machine either
#   setup.sh mutants   what `make mutants` needs: nextest and cargo-mutants, and nothing of the dashboard
#
# On Debian 12 as root it asks nothing. Elsewhere it prints the exact line to run.
# HOURGLASS_CACHE   where tools and builds are kept, default ~/.cache/hourglass
set -euo pipefail
source "$(dirname "$0")/env.sh"
what=${1:-test}
[[ $what == demo || $what == test || $what == mutants ]] || die "usage: $0 [demo|test|mutants]"
# shellcheck disable=SC2015 # no such file is no such system
system=$(. /etc/os-release 2>/dev/null && echo "${ID-} ${VERSION_ID-}" || true)

# ---- the compiler

rust() {
  local wanted found
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  have cargo ||
    die "Rust is missing. Run: curl --proto '=https' -sSf https://sh.rustup.rs | sh -s -- -y --default-toolchain $wanted"
  found=$(cargo --version | cut -d' ' -f2)
  [[ $(printf '%s\n' "$wanted" "$found" | sort -V | head -n1) == "$wanted" ]] ||
    die "cargo $found is older than $wanted. Run: rustup update stable && rustup default stable"
  [[ $what == demo ]] || { cargo clippy --version && cargo fmt --version; } >/dev/null 2>&1 || {
    say 'rustup: clippy, rustfmt'
    rustup component add clippy rustfmt || die 'clippy or rustfmt is missing. Run: rustup component add clippy rustfmt'
  }
}

# ---- packages of the system

packages=()
needs() { have "$1" || packages+=("${@:2}"); }

# A Python that can make an environment of its own: whoever is first in the path, or else the system's.
usable_python() {
  local candidate
  for candidate in python3 /usr/bin/python3; do
    "$candidate" -c 'import ensurepip, venv' 2>/dev/null && echo "$candidate" && return
  done
  return 1
}

# Ordinary machines: rustup has the target. Where it cannot fetch it, Debian 12 has a compiler and its library's source.
wasm_target() {
  [[ $(wasm_compiler) == none ]] || return 0
  if [[ ${HOURGLASS_WASM-} != debian ]]; then
    say "rustup: $wasm_target (gives up after 2 minutes)"
    timeout 120 rustup target add "$wasm_target" && return
    [[ -e /etc/debian_version ]] || die "no compiler for the browser. Run: rustup target add $wasm_target"
    say "rustup cannot fetch $wasm_target here: Debian's compiler builds the dashboard instead"
  fi
  packages+=(rustc-web cargo-web rust-web-src rust-web-clippy lld-22)
}

system_packages() {
  needs cc build-essential
  needs npm nodejs npm
  needs brotli brotli
  if [[ $what == test ]]; then
    needs chromium chromium
    needs chromedriver chromium-driver
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || needs initdb postgresql
    [[ -x /usr/sbin/nginx ]] || needs nginx nginx
    needs caddy caddy
    usable_python >/dev/null || packages+=(python3 python3-venv)
  fi
  ((${#packages[@]})) || return 0
  local install=(apt-get install -y --no-install-recommends "${packages[@]}")
  [[ $EUID == 0 && $system == 'debian 12' ]] || die "packages are missing. On Debian or Ubuntu run: sudo ${install[*]}
Elsewhere install what gives: cc, npm, brotli and, for the tests, chromium, chromedriver, initdb, nginx 1.20+,
caddy 2.6+, python3 with venv. Then run this again."
  say "Debian packages: ${packages[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q -o DPkg::Lock::Timeout=300 update
  without_services "${install[@]}" -q -o DPkg::Lock::Timeout=300
}

# without_services COMMAND...: Debian starts what it installs; the tests start their own. What a machine says already about
# its services (/usr/sbin/policy-rc.d) stays as it is.
without_services() (
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  "$@"
  for service in nginx caddy; do
    [[ " ${packages[*]} " != *" $service "* ]] || ! have systemctl || systemctl disable --quiet "$service" 2>/dev/null || true
  done
)

# ---- tools of Rust

# tool NAME COMMAND VERSION ARGUMENTS...: from crates.io into the cache, unless that version is there.
tool() {
  local name=$1 command=$2 version=$3
  [[ $("$cache/tools/bin/$command" --version 2>/dev/null) == *" $version" ]] && return
  say "crates.io: $name $version (some minutes)"
  # Built to be there soon, not to be fast: the release settings of these take three times as long.
  CARGO_TARGET_DIR=$scratch CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_STRIP=true \
    cargo install "$name" --version "=$version" --root "$cache/tools" "${@:4}"
}

# Versions are stated once, here. wasm-bindgen must be the very one that the dashboard is linked with.
tools() {
  local bindgen
  bindgen=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)
  # Not --locked: its lock file asks for newer crates than it needs.
  tool wasm-bindgen-cli wasm-bindgen "$bindgen"
  # --locked: with newer crates this version no longer compiles.
  tool trunk trunk 0.21.14 --locked --no-default-features --features rustls
  if [[ $what == test ]]; then
    tool cargo-deny cargo-deny 0.20.2 --locked
    nextest
  fi
}

# It says its version only as a subcommand.
mutants() {
  local version=27.1.0
  [[ $("$cache/tools/bin/cargo-mutants" mutants --version 2>/dev/null) == *" $version" ]] ||
    tool cargo-mutants cargo-mutants "$version" --locked
}

nextest() { have cargo-nextest || tool cargo-nextest cargo-nextest 0.9.143 --locked; }

# npm_tool PACKAGE COMMAND VERSION: from npm into the cache, unless that version is there. No script of any package runs:
# what they would fetch comes as packages of its own.
npm_tool() {
  local home=$cache/$1 link=$cache/tools/bin/$2
  "$link" --version >/dev/null 2>&1 && grep -q "\"version\": \"$3\"" "$home/node_modules/$1/package.json" 2>/dev/null && return
  say "npm: $1 $3"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$home" "$1@$3"
  mkdir -p "$cache/tools/bin"
  ln -sf "../../$1/node_modules/.bin/$2" "$link"
}

# In an environment of their own, so that neither they nor the machine's Python notice each other.
python_sdks() {
  local home=$cache/python
  local -x PIP_DISABLE_PIP_VERSION_CHECK=1
  diff -q <(grep -v '^#' tests/sdk/requirements.txt | sort -f) <("$home/bin/python" -m pip freeze 2>/dev/null | sort -f) \
    >/dev/null 2>&1 && return
  say 'PyPI: sslcommerz-sdk, sslcommerz-lib, moto, aiosmtpd'
  "$(usable_python)" -m venv --clear "$home"
  # --no-deps: the list is whole, and nothing newer comes in by itself.
  "$home/bin/python" -m pip install --quiet --no-input --no-deps -r tests/sdk/requirements.txt
}

# Beside the tools and not in the checkout. No script of any package runs, and no second browser comes along.
face() {
  local home=$cache/face
  cmp -s tests/face/package-lock.json "$home/package-lock.json" && [[ -e $home/complete ]] && return
  say 'npm: axe-core, Lighthouse, playwright-core'
  rm -rf "$home"
  mkdir -p "$home"
  cp tests/face/package.json tests/face/package-lock.json "$home"
  PUPPETEER_SKIP_DOWNLOAD=1 npm ci --silent --no-audit --no-fund --ignore-scripts --prefix "$home"
  touch "$home/complete"
}

scratch=$cache/tools-build.$$
trap 'rm -rf "$scratch"' EXIT

rust
if [[ $what == mutants ]]; then
  nextest
  mutants
  say "set-up: complete (tools and builds are kept in $cache)"
  exit
fi
wasm_target
system_packages
tools
# Debian 12's own (108) writes every exported table as table 0, and the page dies on its first line.
npm_tool binaryen wasm-opt 132.0.0
# Makes style sheets and scripts small.
npm_tool esbuild esbuild 0.28.2
if [[ $what == test ]]; then
  python_sdks
  face
fi
# The dashboard is built offline. With Debian's compiler that takes the crates of the standard library, too.
cargo fetch --locked
wasm cargo fetch --locked --target "$wasm_target"
say "set-up: complete (tools and builds are kept in $cache)"
