# The Azure Blob API over a folder of files. Account devstoreaccount1 with its published key.

part_build() {
  require_command npm "install Node.js 20 or later, with npm"
  PROGRAMS=$(cached azure "$(cat "$TESTBED_HOME"/azure/package*.json | hash_of)" install_azurite)
}

# No script of a package runs: azurite is JavaScript only.
install_azurite() {
  cp "$TESTBED_HOME"/azure/package*.json "$OUT"
  cd "$OUT"
  npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
}

part_up() {
  local folder port
  folder=$(part_folder)
  port=$(choose_port LOCKSTEP_TESTBED_AZURE_PORT 10000)
  mkdir -p "$folder/data"
  server_alive azure || require_free_port "$port" LOCKSTEP_TESTBED_AZURE_PORT
  start_server azure "http://127.0.0.1:$port" node "$PROGRAMS/node_modules/azurite/dist/src/blob/main.js" \
    --blobHost 127.0.0.1 --blobPort "$port" --location "$folder/data" --skipApiVersionCheck --disableTelemetry --silent
  await_server azure 120
  export_env LOCKSTEP_TESTBED_AZURE "http://127.0.0.1:$port/devstoreaccount1"
}

# It has no page for health: any answer of HTTP will do.
healthy_azure() {
  [[ $(curl -sS --max-time 5 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$(recall LOCKSTEP_TESTBED_AZURE_PORT)/") =~ ^[1-5] ]]
}
