# PgBouncer in transaction mode before the testbed's PostgreSQL, from Debian. User and password as there. Few connections
# to the server, so that who needs a session of its own, or leaves a setting behind, is found out.

part_build() {
  PGBOUNCER_ROOT=$(debian_programs pgbouncer bookworm usr/sbin pgbouncer)
}

part_up() {
  local folder port user=()
  [[ -f $STATE/env/postgres ]] || fail "pgbouncer stands before the testbed's PostgreSQL: testbed up postgres pgbouncer"
  unprivileged
  folder=$(part_folder)
  port=$(choose_port LOCKSTEP_TESTBED_PGBOUNCER_PORT 6432)
  server_alive pgbouncer || require_free_port "$port" LOCKSTEP_TESTBED_PGBOUNCER_PORT
  configure "$(sed -n 's|.*LOCKSTEP_TESTBED_POSTGRES=.*//127\.0\.0\.1:\([0-9]*\)/.*|\1|p' "$STATE/env/postgres")"
  # It refuses to run as root, and leaves root by itself once it has read its files.
  ((UID != 0)) || user=(-u "$SERVER_USER")
  start_server pgbouncer "127.0.0.1:$port" "$PGBOUNCER_ROOT/usr/sbin/pgbouncer" "${user[@]}" "$folder/pgbouncer.ini"
  await_server pgbouncer 30
  export_env LOCKSTEP_TESTBED_PGBOUNCER "jdbc:postgresql://127.0.0.1:$port/postgres"
}

# configure POSTGRES_PORT. extra_float_digits: drivers send it at their start, and it changes no answer that we compare.
configure() {
  printf '"postgres" "postgres"\n' >"$folder/users"
  cat >"$folder/pgbouncer.ini" <<END
[databases]
* = host=127.0.0.1 port=$1
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $folder/users
admin_users = postgres
pool_mode = transaction
default_pool_size = 8
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
END
}

healthy_pgbouncer() { port_answers "$(recall LOCKSTEP_TESTBED_PGBOUNCER_PORT)"; }
