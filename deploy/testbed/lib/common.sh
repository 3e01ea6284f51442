# What every other file of the testbed stands on: names, places, messages, waiting. Sourced by bash -euo pipefail.

DEFAULT_PARTS=(temporal kubernetes postgres pgclient pgbouncer s3 seaweedfs gcs azure)
# Packages of other releases of Debian may change, modules vanish: where one of these is not to be had, its tests are skipped.
OPTIONAL_PARTS=(mysql mariadb mydumper awskms transit payloads act gitlabci)
ALL_PARTS=("${DEFAULT_PARTS[@]}" "${OPTIONAL_PARTS[@]}")

# Short by default: paths of unix sockets end at 107 characters.
STATE=${LOCKSTEP_TESTBED:-/tmp/lockstep-testbed-$UID}
CACHE=${LOCKSTEP_TESTBED_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lockstep/testbed}
LOGS=$STATE/log
export LOCKSTEP_TESTBED=$STATE

# say TEXT…: one line for the person at the terminal. Not on standard output, which functions use to return values.
say() { printf '%s\n' "$*" >&2; }

# fail TEXT…: says what is wrong and what to do, and ends this process.
fail() {
  printf 'testbed: %s\n' "$*" >&2
  exit 1
}

# require_command NAME HOW: fails where a program is missing; HOW says how to get it.
require_command() {
  command -v -- "$1" >/dev/null || fail "$1 is not in PATH: $2"
}

# wait_until SECONDS WHAT COMMAND…: runs COMMAND again and again until it succeeds; fails naming WHAT after SECONDS.
wait_until() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || fail "$what: not within the time given"
    sleep 0.1
  done
}

# port_answers PORT: whether something listens on this port of 127.0.0.1.
port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# require_free_port PORT VARIABLE: fails where a stranger listens there; VARIABLE is what moves the port.
# Call it only for a server that is not alive.
require_free_port() {
  port_answers "$1" || return 0
  local holder=
  if command -v ss >/dev/null; then
    holder=$(ss -Htlnp "sport = :$1" | grep -o 'users:.*' | head -n 1 || true)
  fi
  fail "port $1 of 127.0.0.1 is taken${holder:+ by $holder}: end that process or set $2"
}

# remember KEY VALUE: keeps a value of this part until `down`; recall KEY prints it (nothing where it is unknown).
remember() { mkdir -p "$STATE/notes/$PART" && printf '%s' "$2" >"$STATE/notes/$PART/$1"; }
recall() { cat "$STATE/notes/$PART/$1" 2>/dev/null || true; }

# choose_port VARIABLE DEFAULT: prints the port that this part took at its first `up`, else VARIABLE of the environment,
# else DEFAULT. An `up` from another shell thus finds the servers where they are.
choose_port() {
  local port
  port=$(recall "$1")
  port=${port:-${!1:-$2}}
  [[ $port =~ ^[0-9]+$ ]] && ((port > 0 && port < 65536)) || fail "$1 is not a port: $port"
  remember "$1" "$port"
  printf '%s\n' "$port"
}

# export_env NAME VALUE: what `testbed env` prints once this part is up. Each `up` of the part begins with none.
export_env() {
  [[ $2 != *\'* ]] || fail "$1 has a quote in it: $2"
  printf "export %s='%s'\n" "$1" "$2" >>"$STATE/env/$PART.new"
}

# on_down COMMAND ARGUMENT…: what `down` (and a failed `up`) runs after the part's servers have ended, last registered
# first. Register before you act. Registering the same again changes nothing.
on_down() {
  local line
  printf -v line '%q ' "$@"
  grep -qxF -- "$line" "$STATE/undo/$PART" 2>/dev/null || printf '%s\n' "$line" >>"$STATE/undo/$PART"
}

# part_folder: makes and prints the folder for the data of this part.
part_folder() { mkdir -p "$STATE/$PART" && printf '%s\n' "$STATE/$PART"; }

# unprivileged: sets the array UNPRIVILEGED to the words before a command that must not run as root (it stays one
# process: they exec), and SERVER_USER to that user. As an ordinary user: no words, and oneself.
unprivileged() {
  UNPRIVILEGED=()
  SERVER_USER=$(id -un)
  ((UID == 0)) || return 0
  SERVER_USER=nobody
  UNPRIVILEGED=(setpriv --reuid="$SERVER_USER" --regid="$(id -g nobody)" --clear-groups --)
}
