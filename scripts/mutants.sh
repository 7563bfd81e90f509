#!/usr/bin/env bash
# Changes the billing core, one small thing at a time, and runs the tests of `shared`: each change must make one fail.
# What is changed is stated in .cargo/mutants.toml. Arguments go to cargo-mutants:
#
#   mutants.sh                                      everything: hours
#   mutants.sh --re '^shared/src/billing/cycle.rs'  what is in one file: minutes (--file adds to the configured ones)
#   mutants.sh --list                               what would be changed
set -euo pipefail
source "$(dirname "$0")/env.sh"
scripts/setup.sh mutants

# Two copies of the sources side by side, each with a target folder of its own inside; the report is kept in the cache.
unset CARGO_TARGET_DIR
exec cargo mutants --jobs 2 --output "$cache" "$@"
