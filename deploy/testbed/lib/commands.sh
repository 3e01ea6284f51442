# The commands of testbed. Each part runs in a process of its own: lib/part.sh.

# locked: waits until no other up or down works on this state folder. The lock ends with this process.
locked() {
  require_command flock "it comes with util-linux"
  [[ -d /proc/self ]] || fail "this needs Linux: on another system see docs/testbed.md"
  mkdir -p "$CACHE/locks"
  exec 9>"$CACHE/locks/${STATE//\//_}"
  flock -n 9 || { say "waiting for another testbed command on $STATE" && flock 9; }
}

run_part() { bash "$TESTBED_HOME/lib/part.sh" "$@"; }

# The folder is made by us and carries a mark; nothing else is ever removed.
prepare_state() {
  if [[ -e $STATE && ! -f $STATE/.lockstep-testbed && -n $(ls -A "$STATE") ]]; then
    fail "$STATE is not a state folder of the testbed: set LOCKSTEP_TESTBED to another path"
  fi
  [[ $STATE == /* ]] || fail "LOCKSTEP_TESTBED must be an absolute path: $STATE"
  mkdir -p "$STATE"
  [[ -O $STATE ]] || fail "$STATE belongs to somebody else: set LOCKSTEP_TESTBED to another path"
  # Servers that must not run as root have to get through to their data.
  chmod 711 "$STATE"
  mkdir -p "$STATE"/{env,log,notes,parts,servers,undo}
  touch "$STATE/.lockstep-testbed"
}

check_parts() {
  local part
  for part in "$@"; do
    [[ " ${ALL_PARTS[*]} " == *" $part "* ]] || fail "no part $part: there are ${ALL_PARTS[*]}"
    [[ -f $TESTBED_HOME/parts/$part.sh ]] || fail "part $part is not there yet"
  done
}

command_build() {
  (($#)) || set -- "${DEFAULT_PARTS[@]}"
  check_parts "$@"
  local part
  for part in "$@"; do
    PART=$part run_part build "$part" || fail "part $part could not be built"
  done
}

command_up() {
  (($#)) || set -- "${DEFAULT_PARTS[@]}"
  check_parts "$@"
  prepare_state
  : >"$STATE/started"
  NEW_PARTS=()
  trap 'say "interrupted" && take_back && exit 130' INT TERM
  local part begin
  # All of building first: it is what fails most, and nothing runs yet.
  for part in "$@"; do
    run_part build "$part" || { say "part $part could not be built" && take_back && exit 1; }
  done
  for part in "$@"; do
    begin=$(date +%s%N)
    [[ -e $STATE/parts/$part ]] || NEW_PARTS+=("$part")
    touch "$STATE/parts/$part"
    run_part up "$part" || { say "part $part did not come up" && take_back && exit 1; }
    report_part "$part" $((($(date +%s%N) - begin) / 1000000))
  done
  rm -f "$STATE/started"
}

report_part() {
  printf '%s: up in %d.%d s\n' "$1" $(($2 / 1000)) $(($2 % 1000 / 100))
  sed -n "s/^export \([^=]*\)='\(.*\)'$/  \1 \2/p" "$STATE/env/$1"
}

# take_back: ends what this `up` has started and nothing else: new parts as a whole, of others the servers started now.
# Their logs stay readable in $STATE/log until `down`.
take_back() {
  local part server
  for ((i = ${#NEW_PARTS[@]} - 1; i >= 0; i--)); do
    run_part down "${NEW_PARTS[i]}" || true
    rm -rf --one-file-system "${STATE:?}/${NEW_PARTS[i]}"
  done
  for server in $(tac "$STATE/started"); do
    end_server "$server"
  done
  rm -f "$STATE/started"
  say "what this command had started is ended again; logs are in $LOGS until testbed down"
}

command_down() {
  if [[ ! -f $STATE/.lockstep-testbed ]]; then
    say "nothing is up"
    return 0
  fi
  local part
  for ((i = ${#ALL_PARTS[@]} - 1; i >= 0; i--)); do
    part=${ALL_PARTS[i]}
    if [[ -e $STATE/parts/$part ]]; then
      run_part down "$part" || say "$part: down failed"
    fi
  done
  local mount
  while IFS= read -r mount; do
    umount -l "$mount" || say "cannot unmount $mount"
  done < <(awk -v state="$STATE/" 'index($5, state) == 1 { print $5 }' /proc/self/mountinfo | sort -r)
  rm -rf --one-file-system "$STATE"
  [[ ! -e $STATE ]] || fail "cannot remove $STATE"
}

command_status() {
  local part status=0
  for part in "${ALL_PARTS[@]}"; do
    [[ ! -e $STATE/parts/$part ]] || run_part status "$part" || status=1
  done
  [[ -n $(ls -A "$STATE/parts" 2>/dev/null) ]] || say "nothing is up"
  return "$status"
}

command_env() {
  local part given
  {
    printf "export LOCKSTEP_TESTBED='%s'\n" "$STATE"
    for part in "${ALL_PARTS[@]}"; do
      [[ ! -f $STATE/env/$part ]] || cat "$STATE/env/$part"
    done
    # Servers of somebody else; a part that is up comes first.
    for given in ${LOCKSTEP_TESTBED_GIVEN:-}; do
      [[ $given =~ ^[A-Z0-9_]+=[^\']+$ ]] || fail "LOCKSTEP_TESTBED_GIVEN: $given is not NAME=VALUE"
      printf "export LOCKSTEP_TESTBED_%s='%s'\n" "${given%%=*}" "${given#*=}"
    done
  } | awk -F= '!seen[$1]++'
}

command_kill() {
  local pid started signal part address
  read_record "$1" || fail "no server $1: $(ls "$STATE/servers" 2>/dev/null | paste -sd ' ')"
  server_alive "$1" || fail "$1 is dead already: testbed up $part starts it again"
  kill -KILL "$pid"
  wait_until 10 "the end of $1" is_dead "$1"
}

is_dead() { ! server_alive "$1"; }
