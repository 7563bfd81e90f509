#!/usr/bin/env bash
# Lighthouse on the panels page: builds the program as it is released, with its demonstration, starts that in a folder of its
# own, and looks with tests/face/lighthouse.mjs, whose head says what it finds in the environment. Nothing is left running.
#
#   HOURGLASS_LIGHTHOUSE_LISTEN   where the demonstration listens; it and the three ports above must be free
set -euo pipefail
source "$(dirname "$0")/env.sh"
listen=${HOURGLASS_LIGHTHOUSE_LISTEN:-127.0.0.1:18090}

say 'lighthouse: build the program for release'
cargo build --locked --release -p hourglass --features demo
folder=$(mktemp -d)
"$CARGO_TARGET_DIR/release/hourglass" demo --listen "$listen" --folder "$folder/demo" >"$folder/said" 2>"$folder/log" &
demo=$!
trap 'kill "$demo" 2>/dev/null; wait "$demo" 2>/dev/null || true; rm -rf "$folder"' EXIT

# It says one line once it is ready.
until grep -q '^Hourglass demo: ' "$folder/said"; do
  kill -0 "$demo" 2>/dev/null || { cat "$folder/log"; die 'the demonstration does not start'; }
  sleep 1
done
url=$(sed -n 's/^Hourglass demo: \(http[^ ]*\).*/\1/p' "$folder/said")
say "lighthouse: looks at $url"
HOURGLASS_FACE_URL=$url NO_PROXY='*' node tests/face/lighthouse.mjs
