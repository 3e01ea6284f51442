# An S3 API over a folder of files. Access key testbed, secret key testbed-secret, region us-east-1.

part_build() {
  PROGRAMS=$(go_family s3 "$TESTBED_HOME/s3" versitygw=github.com/versity/versitygw/cmd/versitygw)
}

part_up() {
  require_command curl "the health of the server is asked with it"
  local folder port
  folder=$(part_folder)
  port=$(choose_port LOCKSTEP_TESTBED_S3_PORT 9000)
  mkdir -p "$folder/data"
  server_alive s3 || require_free_port "$port" LOCKSTEP_TESTBED_S3_PORT
  start_server s3 "http://127.0.0.1:$port" env ROOT_ACCESS_KEY=testbed ROOT_SECRET_KEY=testbed-secret \
    "$PROGRAMS/versitygw" --port "127.0.0.1:$port" --region us-east-1 --health /health posix "$folder/data"
  await_server s3 60
  export_env LOCKSTEP_TESTBED_S3 "http://127.0.0.1:$port"
}

healthy_s3() { curl -fsS --max-time 5 -o /dev/null "http://127.0.0.1:$(recall LOCKSTEP_TESTBED_S3_PORT)/health"; }
