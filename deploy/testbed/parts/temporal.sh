# A Temporal server in one process, its data in one SQLite file, and its web UI.

source "$TESTBED_HOME/lib/chromium.sh"

SEARCH_ATTRIBUTES=LockstepKind,LockstepName,LockstepDatabase,LockstepPhase,LockstepState

part_build() {
  PROGRAMS=$(go_family temporal "$TESTBED_HOME/temporal" \
    temporal-server=go.temporal.io/server/cmd/server \
    temporal-ui=github.com/temporalio/ui-server/v2/cmd/server \
    temporal-register=./register)
  # Tests open the UI in it. Without it they are skipped, and say so.
  ensure_chromium || true
}

part_up() {
  require_command curl "the health of the servers is asked with it"
  local folder port FRONTEND UI
  local -A PORTS
  folder=$(part_folder)
  choose_ports
  mkdir -p "$folder/ui"
  fill_in "$TESTBED_HOME/temporal/server.yaml" "$folder/server.yaml"
  fill_in "$TESTBED_HOME/temporal/ui.yaml" "$folder/ui/development.yaml"
  remember http "${PORTS[HTTP]}"

  if ! server_alive temporal-server; then
    for port in "${!PORTS[@]}"; do
      [[ $port == UI ]] || require_free_port "${PORTS[$port]}" LOCKSTEP_TESTBED_TEMPORAL_PORT
    done
  fi
  start_temporal
  server_alive temporal-ui || require_free_port "$UI" LOCKSTEP_TESTBED_TEMPORAL_UI_PORT
  start_server temporal-ui "http://127.0.0.1:$UI" \
    "$PROGRAMS/temporal-ui" --root "$folder" --config ui --env development start
  await_server temporal-server 60
  if [[ $(register) == registered ]]; then
    # Its services would know the search attributes only some ten seconds later.
    end_server temporal-server 2
    start_temporal
    await_server temporal-server 60
    register >/dev/null
  fi
  await_server temporal-ui 60

  export_env LOCKSTEP_TESTBED_TEMPORAL "127.0.0.1:$FRONTEND"
  export_env LOCKSTEP_TESTBED_TEMPORAL_UI "http://127.0.0.1:$UI"
}

start_temporal() {
  start_server temporal-server "127.0.0.1:$FRONTEND" \
    "$PROGRAMS/temporal-server" --config-file "$folder/server.yaml" --allow-no-auth start
}

register() {
  "$PROGRAMS/temporal-register" -address "127.0.0.1:$FRONTEND" -namespace default -keywords "$SEARCH_ATTRIBUTES"
}

healthy_temporal_server() { curl -fsS --max-time 5 "http://127.0.0.1:$(recall http)/api/v1/cluster-info"; }

healthy_temporal_ui() { curl -fsS --max-time 5 -o /dev/null "http://127.0.0.1:$(recall LOCKSTEP_TESTBED_TEMPORAL_UI_PORT)/"; }

# choose_ports: those inside the server keep their usual distance to the frontend's.
choose_ports() {
  FRONTEND=$(choose_port LOCKSTEP_TESTBED_TEMPORAL_PORT 7233)
  UI=$(choose_port LOCKSTEP_TESTBED_TEMPORAL_UI_PORT 8233)
  PORTS=(
    [FRONTEND]=$FRONTEND [HISTORY]=$((FRONTEND + 1)) [MATCHING]=$((FRONTEND + 2)) [WORKER]=$((FRONTEND + 6))
    [HTTP]=$((FRONTEND + 10)) [FRONTEND_MEMBERS]=$((FRONTEND - 300)) [HISTORY_MEMBERS]=$((FRONTEND - 299))
    [MATCHING_MEMBERS]=$((FRONTEND - 298)) [WORKER_MEMBERS]=$((FRONTEND - 294)) [UI]=$UI
  )
}

# fill_in TEMPLATE FILE: puts the folder and the ports in.
fill_in() {
  local name text
  text=$(<"$1")
  text=${text//@FOLDER@/$folder}
  for name in "${!PORTS[@]}"; do
    text=${text//@$name@/${PORTS[$name]}}
  done
  printf '%s\n' "$text" >"$2"
}
