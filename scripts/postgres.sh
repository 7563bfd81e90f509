#!/usr/bin/env bash
# A private PostgreSQL for the tests: a new cluster in a folder of its own, on loopback, gone afterwards.
#
#   postgres.sh run COMMAND...   runs COMMAND beside it; stops it whatever happens
#   postgres.sh start            prints `export` lines, for `eval`
#   postgres.sh stop             stops the one of HOURGLASS_TEST_POSTGRES_DIR, which `start` printed
#
# COMMAND finds it by HOURGLASS_TEST_POSTGRES_URL. If that is set already, `run` uses that server and starts none.
set -euo pipefail

die() { printf 'postgres: %s\n' "$*" >&2; exit 1; }

# PostgreSQL refuses to run as root; and its user may not be able to enter the present folder.
as=()
((EUID)) || as=(runuser -u postgres --)
pg() { (cd / && PATH=$bin:$PATH exec "${as[@]}" "$@"); }

bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n1 || true)
[[ -x $bin/initdb ]] || bin=$(dirname "$(command -v initdb || die "initdb is missing: run 'make setup'")")

new_folder() {
  local parent
  for parent in "${TMPDIR:-/tmp}" /tmp; do
    pg mktemp -d "$(realpath "$parent")/hourglass-pg.XXXXXX" 2>/dev/null && return
  done
  die 'no folder that its user can write in: set TMPDIR'
}

# Nothing in here outlives the tests, so nothing is made safe against a power cut.
settings() {
  cat <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
END
}

start() {
  local try output
  folder=$(new_folder)
  trap stop EXIT
  # trust: for anybody on this machine, over loopback and the socket, and nobody else.
  output=$(pg initdb -U postgres -A trust --encoding=UTF8 --locale=C.UTF-8 --no-sync -D "$folder/data" 2>&1) || die "$output"
  settings | pg tee -a "$folder/data/postgresql.conf" >/dev/null
  for try in 1 2 3 4 5; do
    # Below the ports that the system gives out by itself. That one is taken shows at the start: then another.
    port=$((20000 + RANDOM % 12000))
    # The server keeps the outputs that it is started with, and somebody may wait for a pipe to end.
    pg pg_ctl -D "$folder/data" -l "$folder/log" -o "-p $port" -w -t 60 start </dev/null >/dev/null 2>&1 && return
  done
  die "does not start after $try tries: $(pg cat "$folder/log")"
}

# Half a start would leave something behind, and so would a server that outlives its tests: a signal waits until
# the step at hand is over, and then ends this script by the way of `stop`.
ended() {
  if [[ $child ]]; then
    [[ $1 == 2 ]] || kill "$child" 2>/dev/null || true # 2 is the keyboard's, which reaches it by itself
    wait "$child" || true
  fi
  exit $((128 + $1))
}
child=
trap 'ended 1' HUP
trap 'ended 2' INT
trap 'ended 15' TERM

# Not in the foreground, where a signal would wait for the end of all tests.
beside() {
  env --default-signal=INT,QUIT "$@" <&0 &
  child=$!
  wait "$child"
}

stop() {
  trap '' HUP INT TERM
  [[ $(basename "$folder") == hourglass-pg.* ]] || die "not a folder of this script: $folder"
  pg pg_ctl -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true # it may never have started
  rm -rf "$folder"
}

case ${1-} in
  run)
    shift
    [[ ${HOURGLASS_TEST_POSTGRES_URL-} ]] && exec "$@"
    start
    export HOURGLASS_TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:$port/postgres
    beside "$@"
    ;;
  start)
    start
    trap - EXIT
    echo "export HOURGLASS_TEST_POSTGRES_DIR=$folder"
    echo "export HOURGLASS_TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:$port/postgres"
    ;;
  stop)
    folder=${HOURGLASS_TEST_POSTGRES_DIR:?}
    stop
    ;;
  *) sed -n '/^#   postgres/s/^#   //p' "$0" >&2; exit 2 ;;
esac
