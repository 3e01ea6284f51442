# Server processes. A record, $STATE/servers/NAME, outlives its process: pid, start time (of /proc, so that a pid used
# again is not taken for the server), signal that ends it in order, part, address.

# start_time PID: in clock ticks since boot; fails where there is no such process or only its zombie.
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  [[ $stat != Z* ]] || return 1
  set -- $stat
  printf '%s\n' "${20}"
}

# read_record NAME: sets pid, started, signal, part, address in the caller; fails where there is no record.
read_record() {
  [[ -f $STATE/servers/$1 ]] && read -r pid started signal part address <"$STATE/servers/$1"
}

# server_alive NAME: whether the very process that was started still runs.
server_alive() {
  local pid started signal part address
  read_record "$1" && [[ $(start_time "$pid") == "$started" ]]
}

# start_server NAME ADDRESS COMMAND…: starts a server in a session of its own, log appended to $LOGS/NAME.log, unless it
# is alive. COMMAND must stay one process (exec chains such as env, setpriv, nsenter are fine; runuser, su fork).
# ADDRESS is for people. STOP_SIGNAL=INT before the call changes the signal of an orderly end (TERM). A part may set
# LAUNCHER to a command that is put before each COMMAND and execs it.
# Follow it with await_server.
LAUNCHER=()
start_server() {
  local name=$1 address=$2
  shift 2
  ! server_alive "$name" || return 0
  mkdir -p "$LOGS" "$STATE/servers"
  # 9 is the lock of this command: a server that kept it would lock everybody out.
  setsid "${LAUNCHER[@]}" "$@" >>"$LOGS/$name.log" 2>&1 </dev/null 9>&- &
  local pid=$! started
  disown "$pid"
  started=$(start_time "$pid") || started=0
  printf '%s %s %s %s %s\n' "$pid" "$started" "${STOP_SIGNAL:-TERM}" "$PART" "$address" >"$STATE/servers/$name"
  printf '%s\n' "$name" >>"$STATE/started"
}

# server_healthy NAME: asks the function healthy_NAME of its part (- written as _); without one, being alive is enough.
server_healthy() {
  server_alive "$1" || return 1
  local check=healthy_${1//-/_}
  ! declare -F "$check" >/dev/null || "$check" >/dev/null 2>&1
}

# await_server NAME SECONDS: waits until it is healthy. Where it ends instead, or does not become healthy, fails with the
# tail of its log.
await_server() {
  local deadline=$((SECONDS + $2)) why=
  until server_healthy "$1"; do
    if ! server_alive "$1"; then
      why="$1 ended"
    elif ((SECONDS >= deadline)); then
      why="$1 is not healthy after $2 s"
    fi
    [[ -z $why ]] || fail_with_log "$1" "$why"
    sleep 0.1
  done
}

# fail_with_log NAME TEXT…: fails after the tail of $LOGS/NAME.log.
fail_with_log() {
  say "--- the end of $LOGS/$1.log"
  tail -n 20 "$LOGS/$1.log" >&2 || true
  say "---"
  shift
  fail "$@"
}

# session_of PID: the processes left of a server's session, one a line.
session_of() {
  { cat /proc/[0-9]*/stat 2>/dev/null || true; } |
    awk -v session="$1" '{ pid = $1; sub(/^.*\) /, ""); if ($1 != "Z" && $4 == session) print pid }'
}

# end_server NAME [SECONDS]: the orderly signal, SIGKILL after SECONDS (10), then what is left of its session; forgets it.
# Nothing where it is dead or unknown.
end_server() {
  local pid started signal part address deadline=$((SECONDS + ${2:-10})) now
  read_record "$1" || return 0
  if server_alive "$1"; then
    kill "-$signal" "$pid" 2>/dev/null || true
    while server_alive "$1"; do
      if ((SECONDS >= deadline)); then
        kill -KILL "$pid" 2>/dev/null || true
      fi
      sleep 0.05
    done
  fi
  # While a session has members its number is given to no new process; one that has it now is a stranger's.
  now=$(start_time "$pid" || true)
  if [[ -z $now ]]; then
    session_of "$pid" | xargs -r kill -KILL 2>/dev/null || true
  fi
  rm -f "$STATE/servers/$1"
}

# servers_of PART: the names of its servers, first started first.
servers_of() {
  local name pid started signal part address
  [[ -d $STATE/servers ]] || return 0
  while IFS= read -r name; do
    read_record "$name" || continue
    [[ $part != "$1" ]] || printf '%s\n' "$name"
  done < <(ls -tr "$STATE/servers")
}
