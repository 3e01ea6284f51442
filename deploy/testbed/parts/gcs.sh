# The Google Cloud Storage API over a folder of files. No credentials.

part_build() {
  PROGRAMS=$(go_family gcs "$TESTBED_HOME/gcs" fake-gcs-server=github.com/fsouza/fake-gcs-server)
}

part_up() {
  require_command curl "the health of the server is asked with it"
  local folder port
  folder=$(part_folder)
  port=$(choose_port LOCKSTEP_TESTBED_GCS_PORT 4443)
  mkdir -p "$folder/data"
  server_alive gcs || require_free_port "$port" LOCKSTEP_TESTBED_GCS_PORT
  start_server gcs "http://127.0.0.1:$port" "$PROGRAMS/fake-gcs-server" -scheme http -host 127.0.0.1 -port "$port" \
    -backend filesystem -filesystem-root "$folder/data" -data "" -public-host "127.0.0.1:$port" \
    -external-url "http://127.0.0.1:$port"
  await_server gcs 60
  export_env LOCKSTEP_TESTBED_GCS "http://127.0.0.1:$port"
}

healthy_gcs() { curl -fsS --max-time 5 -o /dev/null "http://127.0.0.1:$(recall LOCKSTEP_TESTBED_GCS_PORT)/_internal/healthcheck"; }
