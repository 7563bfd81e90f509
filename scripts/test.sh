#!/usr/bin/env bash
# Runs the tests beside a private PostgreSQL. Arguments go to nextest:
#
#   test.sh                          everything
#   test.sh -E 'test(renew)'         what has "renew" in its name
#   test.sh -E 'binary(tidy)'        the rules of the house
set -euo pipefail
source "$(dirname "$0")/env.sh"

scripts/dashboard.sh # the program carries it, so nothing compiles without

# Always the whole workspace, narrowed by expressions: with -p other features are chosen, and much is compiled again.
say "tests: build, then run ${*:-everything}"
exec scripts/postgres.sh run cargo nextest run --locked --workspace --features hourglass/demo "$@"
