# The transit engine of HashiCorp Vault 1.14 behind a small door of our own. Tokens: testbed-root may do everything,
# testbed-backups may encrypt and decrypt with keys that are there.

part_build() {
  PROGRAMS=$(go_family transit "$TESTBED_HOME/transit" transit=.)
}

part_up() {
  require_command curl "the health of the server is asked with it"
  local folder port
  folder=$(part_folder)
  port=$(choose_port LOCKSTEP_TESTBED_TRANSIT_PORT 8200)
  mkdir -p "$folder/data"
  server_alive transit || require_free_port "$port" LOCKSTEP_TESTBED_TRANSIT_PORT
  start_server transit "http://127.0.0.1:$port" "$PROGRAMS/transit" -address "127.0.0.1:$port" -folder "$folder/data"
  await_server transit 60
  export_env LOCKSTEP_TESTBED_TRANSIT "http://127.0.0.1:$port"
}

healthy_transit() { curl -fsS --max-time 5 -o /dev/null "http://127.0.0.1:$(recall LOCKSTEP_TESTBED_TRANSIT_PORT)/v1/sys/health"; }
