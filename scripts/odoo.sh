#!/usr/bin/env bash
# A real Odoo 19 for the tests: unpacked from packages into one folder, nothing is installed on the system.
#
#   odoo.sh get              fetches Odoo, makes its Python environment and its template; what is there is kept
#   odoo.sh run COMMAND...   runs COMMAND beside an Odoo and a PostgreSQL of its own; stops both whatever happens
#
# Two Odoo processes share one role of the database and one folder of files, as beside a real manager: the public one
# serves panels by host name (dbfilter ^%d$, no /web/database), the private one is for the manager (every database,
# /web/database, X-Odoo-Database). Both on loopback, with /websocket. COMMAND finds:
#
#   HOURGLASS_TEST_ODOO_URL, _PRIVATE_URL     the two, without a slash at the end
#   HOURGLASS_TEST_ODOO_DATABASE_URL          PostgreSQL as Odoo's role, which owns every panel and is no superuser
#   HOURGLASS_TEST_ODOO_FILESTORE             the folder of files: one folder for each database
#   HOURGLASS_TEST_ODOO_MASTER_PASSWORD       for the service `db` of the private one
#   HOURGLASS_TEST_ODOO_TEMPLATE              the closed template, with auth_oauth and the provider "Hourglass"
#   HOURGLASS_TEST_ODOO_ADMIN_LOGIN, _ADMIN_PASSWORD                     its first user, whom a panel's owner becomes
#   HOURGLASS_TEST_ODOO_SERVICE_LOGIN, _SERVICE_PASSWORD, _SERVICE_KEY   its service user, and a key for JSON-2 and RPC
#   HOURGLASS_TEST_ODOO_LOG, _PRIVATE_LOG     what they wrote
#
# HOURGLASS_ODOO_DIR   where Odoo is kept. Default: odoo19 in the cache; for root /var/cache/hourglass/odoo19, since Odoo
#                      and PostgreSQL then run as nobody and postgres, who cannot enter root's home.
# HOURGLASS_TEST_ODOO_URL   if it is set already, `run` uses that server, whose other variables are set then, too.
#
# Wants Debian 12 with python3.11-venv, postgresql and curl.
set -euo pipefail
umask 022

if ((EUID)); then
  default_dir=${HOURGLASS_CACHE:-$HOME/.cache/hourglass}/odoo19 as_pg=() as_odoo=()
else
  default_dir=/var/cache/hourglass/odoo19
  # setpriv replaces itself by the command, so that $! is Odoo's own process id.
  as_pg=(setpriv --reuid=postgres --regid=postgres --init-groups)
  as_odoo=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
home=$(realpath -m -- "${HOURGLASS_ODOO_DIR:-$default_dir}")

# No secrets: all of it listens on loopback, for tests. Anything but Odoo's default "admin", which the first caller of
# the database service would silently replace.
master_password=hourglass-master
template=hourglass-template
admin_login=admin admin_password=hourglass-admin
service_login=hourglass service_password=hourglass-service

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

# What the template holds beyond auth_oauth and what that needs. Run by Odoo's shell.
recipe="
set_parameter = env['ir.config_parameter'].set_param
set_parameter('auth_signup.invitation_scope', 'b2b')   # an unknown subject becomes no user
set_parameter('auth_oauth.authorization_header', '1')  # the token is in a header, and in nobody's log
env['auth.oauth.provider'].search([]).write({'enabled': False})
env['auth.oauth.provider'].create({
    'name': 'Hourglass', 'client_id': 'hourglass', 'body': 'Hourglass', 'scope': 'openid', 'enabled': False,
    'auth_endpoint': 'http://127.0.0.1:9/', 'validation_endpoint': 'http://127.0.0.1:9/'})
env.ref('base.user_admin').write({'login': '$admin_login', 'password': '$admin_password'})
service = env['res.users'].with_context(no_reset_password=True).create({
    'name': 'Hourglass', 'login': '$service_login', 'password': '$service_password',
    'group_ids': [(6, 0, [env.ref('base.group_user').id, env.ref('base.group_system').id])]})
key = env['res.users.apikeys'].with_user(service)._generate(None, 'Hourglass', None)
env.cr.commit()
print('service-key:' + key)"

say() { printf '==> odoo: %s\n' "$*"; }
die() { printf 'odoo: %s\n' "$*" >&2; exit 1; }

bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n1 || true)
[[ -x $bin/initdb ]] || bin=$(dirname "$(command -v initdb || die "initdb is missing: run 'make setup'")")

# ---- get

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
  mkdir -p "$home/apt/lists/partial" "$home/apt/cache/archives/partial"
  : >"$home/apt/status"
  printf "deb [signed-by=$keyring] %s %s main\n" "$mirror" sid "$mirror" bookworm >"$home/apt/sources.list"
  cat >"$home/apt/apt.conf" <<END
Dir::Etc::sourcelist "$home/apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "$home/apt";
Dir::State::lists "$home/apt/lists";
Dir::State::status "$home/apt/status";
Dir::Cache "$home/apt/cache";
// The system's hooks work on the system's own folders.
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear Acquire::IndexTargets::deb::DEP-11;
END
  # -c is read last and so wins; APT_CONFIG would be read first.
  apt-get -q -c "$home/apt/apt.conf" update
}

# made FOLDER OF: is there such a folder, and was it made of just that, to the end?
made() { [[ "$(cat "$home/$1/.made-of" 2>/dev/null)" == "$2" ]]; }

get_server() {
  made server "${packages[*]}" && return
  say 'package lists of Debian sid and bookworm (20 MB)'
  private_apt
  say "packages (130 MB): ${packages[*]}"
  rm -rf "$home/deb" "$home/server" "$home/server.new"
  mkdir "$home/deb" "$home/server.new"
  ((EUID)) || chown _apt "$home/deb" # apt downloads as this user
  (cd "$home/deb" && apt-get -q -c "$home/apt/apt.conf" download "${packages[@]}")
  say 'unpack (1.3 GB)'
  local deb
  for deb in "$home"/deb/*.deb; do dpkg-deb -x "$deb" "$home/server.new"; done
  printf '%s' "${packages[*]}" >"$home/server.new/.made-of"
  mv "$home/server.new" "$home/server"
  rm -rf "$home/deb" "$home/apt"
}

get_venv() {
  made venv "$requirements" && return
  say 'Python packages (about a minute)'
  rm -rf "$home/venv"
  # Debian's own interpreter: another one on PATH may live where the unprivileged user cannot read.
  /usr/bin/python3.11 -m venv "$home/venv"
  export PIP_DISABLE_PIP_VERSION_CHECK=1
  "$home/venv/bin/pip" install -q wheel 'setuptools<81'
  # shellcheck disable=SC2086 # one word per requirement
  "$home/venv/bin/pip" install -q --progress-bar off $requirements
  printf '%s' "$requirements" >"$home/venv/.made-of"
}

# A stopped cluster with the template in it, and the template's files. A run copies it and so starts from nothing else.
get_template() {
  made template "$recipe" && return
  say 'the template: Odoo installs auth_oauth into a new database (half a minute, when nothing else runs)'
  rm -rf "$home/template" "$home/template.new"
  new_folder
  trap stop EXIT
  pg initdb -U postgres -A trust --encoding=UTF8 --locale=C.UTF-8 --no-sync -D "$folder/pg/data" >/dev/null
  start_pg
  sql 'CREATE ROLE odoo LOGIN CREATEDB'
  conf install "db_name = $template"
  odoo install -i auth_oauth --stop-after-init --no-http || die "it does not install: $(tail -n 30 "$folder/install.log")"
  odoo_env
  local key
  key=$(cd / && "${odoo[@]}" shell -c "$folder/install.conf" --no-http --logfile "$folder/odoo/shell.log" <<<"$recipe" |
    sed -n 's/.*service-key://p')
  [[ $key =~ ^[0-9a-f]{40}$ ]] || die "the recipe fails: $(tail -n 30 "$folder/odoo/shell.log")"
  # Closed: nobody reaches it by any host name, and nothing is in the way of a copy.
  sql "ALTER DATABASE \"$template\" WITH IS_TEMPLATE true ALLOW_CONNECTIONS false"
  pg pg_ctl -D "$folder/pg/data" -m fast -w stop >/dev/null
  mkdir "$home/template.new"
  cp -a "$folder/pg/data" "$home/template.new/pg"
  cp -a "$folder/odoo/filestore" "$home/template.new/filestore"
  printf '%s' "$key" >"$home/template.new/service-key"
  printf '%s' "$recipe" >"$home/template.new/.made-of"
  mv "$home/template.new" "$home/template"
  trap - EXIT
  stop
}

get() {
  made server "${packages[*]}" && made venv "$requirements" && made template "$recipe" && return
  local tool
  for tool in apt-get dpkg-deb curl /usr/bin/python3.11 setpriv; do
    command -v "$tool" >/dev/null || die "$tool is missing"
  done
  /usr/bin/python3.11 -c 'import ensurepip' 2>/dev/null || die 'python3.11-venv is missing'
  mkdir -p "$home"
  [[ -O $home ]] || die "$home belongs to another user"
  "${as_odoo[@]}" test -x "$home" || die "$home cannot be entered by nobody, who runs Odoo: set HOURGLASS_ODOO_DIR"
  exec 9>"$home/lock"
  flock -w 900 9 || die "another $0 has been at work for 15 minutes"
  get_server
  get_venv
  get_template
  exec 9>&-
  say "complete (kept in $home)"
}

# ---- PostgreSQL

# Servers keep the outputs that they are started with, and the lock would be theirs: they get neither.
pg() { (cd / && exec "${as_pg[@]}" env PATH="$bin:$PATH" "$@" 9>&-); }
sql() { pg psql -XAtq -h "$folder/pg" -p "$pg_port" -U postgres -d postgres -v ON_ERROR_STOP=1 -c "$1"; }

new_folder() {
  folder=$(mktemp -d /tmp/hourglass-odoo.XXXXXX)
  chmod 755 "$folder"
  if ((EUID)); then
    mkdir "$folder/pg" "$folder/odoo"
  else
    install -d -m 700 -o postgres -g postgres "$folder/pg"
    install -d -m 700 -o nobody -g nogroup "$folder/odoo"
  fi
}

# Below the ports that the system gives out by itself. That one is taken shows at the start: then another.
some_port() { echo $((20000 + RANDOM % 12000)); }

start_pg() {
  local try
  # Nothing in here outlives the run, so nothing is made safe against a power cut.
  printf "%s = '%s'\n" listen_addresses 127.0.0.1 unix_socket_directories "$folder/pg" max_connections 200 \
    fsync off synchronous_commit off full_page_writes off | pg tee "$folder/pg/data/postgresql.auto.conf" >/dev/null
  for try in 1 2 3 4 5; do
    pg_port=$(some_port)
    pg pg_ctl -D "$folder/pg/data" -l "$folder/pg/log" -o "-p $pg_port" -w -t 60 start </dev/null >/dev/null 2>&1 && return
  done
  die "PostgreSQL does not start after $try tries: $(pg cat "$folder/pg/log")"
}

# ---- Odoo

# The environment is made from nothing: PG* variables and the like of the caller would reach Odoo otherwise.
odoo_env() {
  odoo=("${as_odoo[@]}" env -i HOME="$folder/odoo" LANG=C.UTF-8 PATH="$bin:/usr/bin:/bin"
    PYTHONPATH="$home/server/usr/lib/python3/dist-packages" "$home/venv/bin/python" -W ignore -m odoo)
}

# conf NAME LINES...: the settings of one process. No workers: then /websocket is on the same port.
conf() {
  cat - >"$folder/$1.conf" <<END
[options]
admin_passwd = $master_password
db_host = 127.0.0.1
db_port = $pg_port
db_user = odoo
data_dir = $folder/odoo
http_interface = 127.0.0.1
workers = 0
limit_time_cpu = 600
limit_time_real = 600
END
  printf '%s\n' "${@:2}" >>"$folder/$1.conf"
}

# odoo NAME ARGUMENTS...: in this process, or rather in its place.
odoo() {
  odoo_env
  (cd / && exec "${odoo[@]}" -c "$folder/$1.conf" "${@:2}" </dev/null >>"$folder/$1.log" 2>&1 9>&-)
}

healthy() { [[ $(curl -q -s -o /dev/null -w '%{http_code}' --noproxy '*' --max-time 10 "$1/web/health") == 200 ]]; }

# process NAME LINES...: starts one, on a port of its own, and does not wait.
process() {
  local port
  for _ in 1 2 3 4 5; do
    port=$(some_port)
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break # free
  done
  conf "$1" "http_port = $port" "${@:2}"
  odoo_env
  # In a group of its own, with what it starts itself; and the keyboard's signal does not reach it before the tests end.
  (cd / && exec setsid "${odoo[@]}" -c "$folder/$1.conf" </dev/null >>"$folder/$1.log" 2>&1) &
  groups+=("$!")
  declare -g "$1_url=http://127.0.0.1:$port"
}

# await NAME URL PID: until it is healthy. Two minutes, since a busy machine is slow and a broken one ends by itself.
await() {
  local try pid=$3
  for ((try = 0; try < 240; try++)); do
    kill -0 "$pid" 2>/dev/null || die "Odoo ($1) has ended: $(tail -n 20 "$folder/$1.log")"
    healthy "$2" && return
    sleep 0.5
  done
  die "Odoo ($1) is not healthy after two minutes: $(tail -n 20 "$folder/$1.log")"
}

start() {
  new_folder
  trap stop EXIT
  cp -a "$home/template/pg" "$folder/pg/data"
  cp -a "$home/template/filestore" "$folder/odoo/filestore"
  start_pg
  process public 'dbfilter = ^%d$' 'list_db = False' 'proxy_mode = True' 'max_cron_threads = 1'
  process private 'list_db = True' 'max_cron_threads = 0'
  # shellcheck disable=SC2154 # set by `process`
  await public "$public_url" "${groups[0]}"
  # shellcheck disable=SC2154
  await private "$private_url" "${groups[1]}"
  export HOURGLASS_TEST_ODOO_URL=$public_url HOURGLASS_TEST_ODOO_PRIVATE_URL=$private_url
  export HOURGLASS_TEST_ODOO_DATABASE_URL=postgres://odoo@127.0.0.1:$pg_port/postgres
  export HOURGLASS_TEST_ODOO_FILESTORE=$folder/odoo/filestore
  export HOURGLASS_TEST_ODOO_MASTER_PASSWORD=$master_password HOURGLASS_TEST_ODOO_TEMPLATE=$template
  export HOURGLASS_TEST_ODOO_ADMIN_LOGIN=$admin_login HOURGLASS_TEST_ODOO_ADMIN_PASSWORD=$admin_password
  export HOURGLASS_TEST_ODOO_SERVICE_LOGIN=$service_login HOURGLASS_TEST_ODOO_SERVICE_PASSWORD=$service_password
  HOURGLASS_TEST_ODOO_SERVICE_KEY=$(<"$home/template/service-key")
  export HOURGLASS_TEST_ODOO_SERVICE_KEY
  export HOURGLASS_TEST_ODOO_LOG=$folder/public.log HOURGLASS_TEST_ODOO_PRIVATE_LOG=$folder/private.log
  say "public $public_url, private $private_url, PostgreSQL on port $pg_port"
}

groups=()
stop() {
  trap '' HUP INT TERM
  local group
  for group in "${groups[@]}"; do kill -KILL -- "-$group" 2>/dev/null || true; done
  [[ $(basename "$folder") == hourglass-odoo.* ]] || die "not a folder of this script: $folder"
  pg pg_ctl -D "$folder/pg/data" -m immediate -w stop >/dev/null 2>&1 || true # it may never have started
  rm -rf "$folder"
}

# ---- run

# As in postgres.sh: a signal waits until the step at hand is over, and then ends this script by the way of `stop`.
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

# What Odoo wrote is gone with the folder otherwise, and may be the only one to know why.
failed() {
  rm -rf "$home/failed"
  mkdir "$home/failed"
  cp "$folder/public.log" "$folder/private.log" "$home/failed"
  say "what Odoo wrote: $home/failed"
  exit "$1"
}

case ${1-} in
  get) get ;;
  run)
    shift
    [[ ${HOURGLASS_TEST_ODOO_URL-} ]] && exec "$@"
    get
    start
    beside "$@" || failed $?
    ;;
  *) sed -n '/^#   odoo.sh/s/^#   //p' "$0" >&2; exit 2 ;;
esac
