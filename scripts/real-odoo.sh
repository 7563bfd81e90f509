#!/usr/bin/env bash
# A real Odoo 19 for the opt-in tests: built from packages into one folder, nothing is installed on the system.
#
#   real-odoo.sh build         fetch and unpack Odoo, make its Python environment; what is there already is kept
#   real-odoo.sh start         a private PostgreSQL, then Odoo; returns when Odoo is healthy
#   real-odoo.sh create NAME   one database (base + web), served at Host NAME.<anything>
#   real-odoo.sh stop          Odoo, then its PostgreSQL; the databases stay (delete pg/ and run/ to forget them)
#   real-odoo.sh stop-odoo | start-odoo   only the Odoo server, to try "the server is stopped"
#
# HOURGLASS_ODOO_DIR   where it lives. Default ~/.cache/hourglass/odoo19; for root /var/cache/hourglass/odoo19, since Odoo
#                      and PostgreSQL then run as nobody and postgres, who must not be able to enter root's home.
#                      Not under /var/tmp: files there are cleaned away by age, one by one.
# HOURGLASS_ODOO_PORT  default 8069, on 127.0.0.1 only.
#
# Wants Debian 12 with python3.11-venv, postgresql and curl.
set -euo pipefail
umask 022

if ((EUID)); then
  default_dir=$HOME/.cache/hourglass/odoo19 as_pg=() as_odoo=()
else
  default_dir=/var/cache/hourglass/odoo19
  # setpriv replaces itself by the command, so that $! below is Odoo's own process id.
  as_pg=(setpriv --reuid=postgres --regid=postgres --init-groups)
  as_odoo=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
W=$(realpath -m -- "${HOURGLASS_ODOO_DIR:-$default_dir}")
port=${HOURGLASS_ODOO_PORT:-8069}
url=http://127.0.0.1:$port
conf=$W/odoo.conf pid_file=$W/odoo.pid log=$W/odoo.log

# No secrets: the server listens on loopback, for tests. Anything but Odoo's default "admin", which the first
# caller of the database service would silently replace.
master_password=hourglass-master
admin_password=hourglass-admin

packages=(odoo-19
  # Odoo's package links to these; without jquery /web/login answers 500.
  libjs-jquery libjs-underscore libjs-jquery-form fonts-roboto-unhinted fonts-montserrat fonts-inconsolata
  fonts-ocr-b fonts-font-awesome)

# Odoo 19's own pins for Python 3.11, except: greenlet (2.0.2 conflicts with this gevent), psycopg2-binary (needs no
# compiler), setuptools (81 dropped pkg_resources). python-ldap is left out: not needed here.
requirements='
asn1crypto==1.5.1 Babel==2.10.3 cbor2==5.9.0 chardet==5.2.0 cryptography==46.0.5 docutils==0.20.1 freezegun==1.2.1
geoip2==2.9.0 gevent==23.9.1 greenlet==3.0.3 idna==2.10 Jinja2==3.1.2 libsass==0.22.0 lxml==4.9.3 MarkupSafe==2.1.2
num2words==0.5.10 ofxparse==0.21 openpyxl==3.0.9 passlib==1.7.4 Pillow==12.1.1 polib==1.1.1 psutil==5.9.4
psycopg2-binary==2.9.9 pyopenssl==26.0.0 PyPDF2==2.12.1 pyserial==3.5 python-dateutil==2.8.2 python-magic==0.4.24
python-stdnum==1.19 pytz pyusb==1.2.1 qrcode==7.4.2 reportlab==3.6.13 requests==2.31.0 rjsmin==1.2.0 setuptools<81
urllib3==1.26.20 vobject==0.9.6.1 Werkzeug==2.3.8 xlrd==1.2.0 XlsxWriter==3.0.2 xlwt==1.3.0 zeep==4.2.1'

say() { printf '[%3d s] %s\n' "$SECONDS" "$*"; }
die() { printf 'real-odoo: %s\n' "$*" >&2; exit 1; }
usage() { sed -n '/^#   real-odoo/s/^#   //p' "$0" >&2; exit 2; }

# ---- build

# The mirror that this machine uses for Debian. --print-uris reads every form of sources and downloads nothing.
debian_mirror() {
  local uris
  uris=$(apt-get update --print-uris)
  sed -n "s|^'\([^']*\)/dists/bookworm/InRelease'.*|\1|p;" <<<"$uris" | sed 1q
}

# A view of sid beside the system's own: sources, lists, status and cache are private; proxies and the like are inherited.
private_apt() {
  local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mirror=$(debian_mirror)
  [[ $mirror ]] || die 'no Debian 12 (bookworm) mirror found in the sources of apt'
  mkdir -p "$W/apt/lists/partial" "$W/apt/cache/archives/partial"
  : >"$W/apt/status"
  printf "deb [signed-by=$keyring] %s %s main\n" "$mirror" sid "$mirror" bookworm >"$W/apt/sources.list"
  cat >"$W/apt/apt.conf" <<END
Dir::Etc::sourcelist "$W/apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "$W/apt";
Dir::State::lists "$W/apt/lists";
Dir::State::status "$W/apt/status";
Dir::Cache "$W/apt/cache";
// The system's hooks work on the system's own folders.
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear Acquire::IndexTargets::deb::DEP-11;
END
  # -c is read last and so wins; APT_CONFIG would be read first.
  apt-get -c "$W/apt/apt.conf" update
}

build_server() {
  [[ "$(cat "$W/server/.done" 2>/dev/null)" == "${packages[*]}" ]] && { say 'server: there already'; return; }
  say 'server 1/3: package lists of sid and bookworm (20 MB)'
  private_apt
  say 'server 2/3: packages (130 MB)'
  rm -rf "$W/deb" "$W/server" "$W/server.new"
  mkdir "$W/deb" "$W/server.new"
  ((EUID)) || chown _apt "$W/deb" # apt downloads as this user
  (cd "$W/deb" && apt-get -c "$W/apt/apt.conf" download "${packages[@]}")
  say 'server 3/3: unpack (1.3 GB)'
  local deb
  for deb in "$W"/deb/*.deb; do dpkg-deb -x "$deb" "$W/server.new"; done
  printf '%s' "${packages[*]}" >"$W/server.new/.done"
  mv "$W/server.new" "$W/server"
  rm -rf "$W/deb" "$W/apt"
}

build_venv() {
  [[ "$(cat "$W/venv/.done" 2>/dev/null)" == "$requirements" ]] && { say 'venv: there already'; return; }
  say 'venv 1/2: Python environment'
  rm -rf "$W/venv"
  # Debian's own interpreter: another one on PATH may live where the unprivileged user cannot read.
  /usr/bin/python3.11 -m venv "$W/venv"
  say 'venv 2/2: Python packages (about a minute)'
  "$W/venv/bin/pip" install -q wheel 'setuptools<81'
  # shellcheck disable=SC2086 # one word per requirement
  "$W/venv/bin/pip" install --progress-bar off $requirements | sed -n 's/^Collecting /  /p'
  printf '%s' "$requirements" >"$W/venv/.done"
}

build() {
  local tool
  for tool in apt-get dpkg-deb curl /usr/bin/python3.11 setpriv; do
    command -v "$tool" >/dev/null || die "$tool is missing"
  done
  /usr/bin/python3.11 -c 'import ensurepip' 2>/dev/null || die 'python3.11-venv is missing'
  pg_bin >/dev/null
  odoo_alive && { say 'Odoo is running, so it is built'; return; }
  build_server
  build_venv
  say "built in $W"
}

is_built() { [[ -e $W/server/.done && -e $W/venv/.done ]] || die "not built: run '$0 build' first"; }

# ---- PostgreSQL

pg_bin() {
  local dir found=
  for dir in /usr/lib/postgresql/*/bin; do [[ -x $dir/initdb ]] && found=$dir; done
  [[ $found ]] || die 'postgresql is missing'
  printf '%s' "$found"
}

pg_ctl() { "${as_pg[@]}" "$(pg_bin)/pg_ctl" -D "$W/pg/data" "$@"; }
psql() { "${as_pg[@]}" "$(pg_bin)/psql" -XAtq -h "$W/sock" -p 5432 -U postgres -d postgres -v ON_ERROR_STOP=1 -c "$1"; }

start_pg() {
  pg_ctl status >/dev/null 2>&1 && return
  if [[ ! -s $W/pg/data/PG_VERSION ]]; then
    say 'PostgreSQL: new cluster'
    rm -rf "$W/pg" "$W/sock"
    if ((EUID)); then
      install -d -m 700 "$W/pg" "$W/sock"
    else
      install -d -m 700 -o postgres -g postgres "$W/pg"
      install -d -m 750 -o postgres -g nogroup "$W/sock" # authentication is trust: only Odoo's user may come here
    fi
    "${as_pg[@]}" "$(pg_bin)/initdb" -U postgres -A trust --encoding=UTF8 --locale=C.UTF-8 -D "$W/pg/new" >/dev/null
    # No TCP, so no port to clash with. No fsync: throwaway data, and each DROP DATABASE would wait for the disk.
    printf "%s = '%s'\n" listen_addresses '' port 5432 unix_socket_directories "$W/sock" fsync off |
      "${as_pg[@]}" tee -a "$W/pg/new/postgresql.conf" >/dev/null
    "${as_pg[@]}" mv "$W/pg/new" "$W/pg/data"
  fi
  # 9 is this script's lock: a server that kept it would hold it for ever.
  pg_ctl -l "$W/pg/log" -w -t 60 start >/dev/null 9>&- || die "PostgreSQL does not start, see $W/pg/log"
  [[ $(psql "SELECT 1 FROM pg_roles WHERE rolname = 'odoo'") ]] || psql 'CREATE ROLE odoo LOGIN CREATEDB'
  say 'PostgreSQL: up'
}

stop_pg() {
  pg_ctl status >/dev/null 2>&1 || { say 'PostgreSQL: not running'; return; }
  pg_ctl -m fast -w -t 60 stop >/dev/null
  say 'PostgreSQL: stopped'
}

# ---- Odoo

# The environment is made from nothing: PG* variables and the like of the caller would reach Odoo otherwise.
odoo_env() {
  odoo=("${as_odoo[@]}" env -i HOME="$W/run" LANG=C.UTF-8 PATH="$(pg_bin):/usr/bin:/bin"
    PYTHONPATH="$W/server/usr/lib/python3/dist-packages" "$W/venv/bin/python" -m odoo)
}

http() { curl -q -s -o /dev/null -w '%{http_code}' --noproxy '*' --max-time 60 "$@" || true; }
odoo_alive() { [[ -s $pid_file ]] && grep -qFz -- "$conf" "/proc/$(<"$pid_file")/cmdline" 2>/dev/null; }

write_conf() {
  cat >"$conf" <<END
[options]
admin_passwd = $master_password
db_host = $W/sock
db_port = 5432
db_user = odoo
data_dir = $W/run/data
dbfilter = ^%d\$
list_db = True
proxy_mode = False
http_interface = 127.0.0.1
http_port = $port
workers = 0
max_cron_threads = 1
limit_time_cpu = 600
limit_time_real = 600
END
}

start_odoo() {
  pg_ctl status >/dev/null 2>&1 || die "PostgreSQL is not running: run '$0 start'"
  if ! odoo_alive; then
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && die "port $port is taken: set HOURGLASS_ODOO_PORT"
    if ((EUID)); then install -d -m 700 "$W/run"; else install -d -m 700 -o nobody -g nogroup "$W/run"; fi
    write_conf
    odoo_env
    setsid "${odoo[@]}" -c "$conf" </dev/null >>"$log" 2>&1 9>&- &
    echo $! >"$pid_file"
  fi
  local try
  for ((try = 0; try < 120; try++)); do
    [[ $(http "$url/web/health") == 200 ]] && { say "Odoo: healthy at $url"; return; }
    sleep 0.5
    odoo_alive || { tail -n 20 "$log" >&2; die "Odoo has ended, see $log"; }
  done
  die "Odoo is not healthy after $try tries, see $log"
}

stop_odoo() {
  odoo_alive || { say 'Odoo: not running'; rm -f "$pid_file"; return; }
  local pid try
  pid=$(<"$pid_file")
  kill "$pid"
  for ((try = 0; try < 60; try++)); do
    odoo_alive || { rm -f "$pid_file"; say 'Odoo: stopped'; return; }
    sleep 0.5
  done
  kill -9 "$pid"
  rm -f "$pid_file"
  say 'Odoo: killed, it did not stop in 30 s'
}

start() {
  start_pg
  start_odoo
  cat <<END
HOURGLASS_TEST_ODOO_URL=$url
master password $master_password; databases made here have the user admin, password $admin_password
SQL as Odoo's role: postgres://odoo@localhost:5432/postgres?host=$W/sock
END
}

create() {
  local name=$1 answer
  [[ $name =~ ^[a-z][a-z0-9-]{1,40}$ ]] || die "not a name for a database: $name"
  odoo_alive || die "Odoo is not running: run '$0 start'"
  odoo_env
  say "database $name: create (about 20 s)"
  "${odoo[@]}" db -c "$conf" init "$name" --username admin --password "$admin_password" </dev/null >>"$log" 2>&1 9>&- ||
    { tail -n 5 "$log" >&2; die "database $name: not created, see $log"; }
  answer=$(http -H "Host: $name.localhost" "$url/web/login")
  [[ $answer == 200 ]] || die "database $name: /web/login answers $answer, see $log"
  # Odoo reports success even when the initialisation failed, and leaves admin/admin. Our password tells.
  answer=$(curl -q -s --noproxy '*' --max-time 60 -H 'Content-Type: application/json' "$url/jsonrpc" -d '{"jsonrpc": "2.0",
    "method": "call", "id": 1, "params": {"service": "common", "method": "login",
    "args": ["'"$name"'", "admin", "'"$admin_password"'"]}}')
  [[ $answer =~ \"result\":\ *[0-9]+ ]] || {
    "${odoo[@]}" db -c "$conf" drop "$name" </dev/null >>"$log" 2>&1 9>&-
    die "database $name: was half initialised (admin could not log in) and is dropped again, see $log"
  }
  say "database $name: /web/login answers 200, admin can log in"
}

case "$#:${1-}" in
  1:build | 1:start | 1:stop | 1:stop-odoo | 1:start-odoo | 2:create) ;;
  *) usage ;;
esac
mkdir -p "$W"
[[ -O $W ]] || die "$W belongs to another user"
"${as_odoo[@]}" test -x "$W" || die "$W cannot be entered by nobody, who runs Odoo: set HOURGLASS_ODOO_DIR"
# Tests may call this side by side: one at a time.
exec 9>"$W/lock"
flock -w 900 9 || die "another $0 has been at work for 15 minutes"
cd /
case $1 in
  build) build ;;
  start) is_built; start ;;
  create) is_built; create "$2" ;;
  stop) stop_odoo; stop_pg ;;
  stop-odoo) stop_odoo ;;
  start-odoo) is_built; start_odoo ;;
esac
