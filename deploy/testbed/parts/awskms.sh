# AWS KMS as local-kms does it, region eu-west-3. Access key testbed with any secret key; testbed-forbidden may do nothing.
# Keys are made by those who use them, over its API.

part_build() {
  PROGRAMS=$(go_family awskms "$TESTBED_HOME/awskms" awskms=.)
}

part_up() {
  local folder port
  folder=$(part_folder)
  port=$(choose_port LOCKSTEP_TESTBED_AWSKMS_PORT 9599)
  mkdir -p "$folder/data"
  server_alive awskms || require_free_port "$port" LOCKSTEP_TESTBED_AWSKMS_PORT
  start_server awskms "http://127.0.0.1:$port" "$PROGRAMS/awskms" -address "127.0.0.1:$port" -folder "$folder/data"
  await_server awskms 60
  export_env LOCKSTEP_TESTBED_AWSKMS "http://127.0.0.1:$port"
}

healthy_awskms() { port_answers "$(recall LOCKSTEP_TESTBED_AWSKMS_PORT)"; }
