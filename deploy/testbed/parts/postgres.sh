# PostgreSQL with all of its client programs. As root it runs as an unprivileged user, because it refuses root.

part_build() {
  POSTGRES_BIN=$(installed_postgres || true)
  [[ $POSTGRES_BIN ]] || POSTGRES_BIN=$(unpacked_postgres)
}

# installed_postgres: the folder of the newest complete PostgreSQL of this machine; fails where there is none.
installed_postgres() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
    if [[ -x $folder/postgres && -x $folder/initdb && -x $folder/psql && -x $folder/pgbench && -x $folder/pg_dump ]]; then
      printf '%s\n' "$folder"
      return
    fi
  done
  return 1
}

# unpacked_postgres: the same from Debian packages.
unpacked_postgres() {
  local root folder=usr/lib/postgresql/15/bin
  root=$(debian_programs postgres bookworm "$folder" postgresql-15 postgresql-client-15)
  printf '%s\n' "$root/$folder"
}

part_up() {
  local folder port
  unprivileged
  folder=$(part_folder)
  port=$(choose_port LOCKSTEP_TESTBED_POSTGRES_PORT 5433)
  use_programs
  ((UID != 0)) || chown "$SERVER_USER" "$folder"
  ((UID != 0)) || "${UNPRIVILEGED[@]}" test -w "$folder" ||
    fail "$SERVER_USER cannot get to $folder: set LOCKSTEP_TESTBED to a path that everybody can enter"
  cd "$folder"
  [[ -f data/PG_VERSION ]] || make_cluster
  if ! server_alive postgres; then
    require_free_port "$port" LOCKSTEP_TESTBED_POSTGRES_PORT
    # After a SIGKILL its children end a moment later; until then a new one would refuse the data.
    wait_until 30 "the end of the former PostgreSQL's children" no_children
    rm -f data/postmaster.pid .s.PGSQL.*
  fi
  # INT is its fast shutdown; TERM would wait for clients.
  STOP_SIGNAL=INT start_server postgres "127.0.0.1:$port" \
    "${UNPRIVILEGED[@]}" "$POSTGRES_BIN/postgres" -D "$folder/data" -p "$port"
  await_server postgres 60

  export_env LOCKSTEP_TESTBED_POSTGRES "jdbc:postgresql://127.0.0.1:$port/postgres"
  export_env LOCKSTEP_TESTBED_POSTGRES_BIN "$POSTGRES_BIN"
}

# use_programs: as root, programs in root's own cache are out of the server user's reach: it gets a copy.
use_programs() {
  if ((UID == 0)) && ! "${UNPRIVILEGED[@]}" test -x "$POSTGRES_BIN/postgres"; then
    if [[ ! -d $folder/programs ]]; then
      cp -a "${POSTGRES_BIN%/usr/lib/postgresql/*}" "$folder/programs.new"
      mv "$folder/programs.new" "$folder/programs"
    fi
    POSTGRES_BIN=$folder/programs/usr/lib/postgresql/${POSTGRES_BIN##*/usr/lib/postgresql/}
  fi
  remember bin "$POSTGRES_BIN"
}

make_cluster() {
  rm -rf data.new
  printf 'postgres\n' >password
  "${UNPRIVILEGED[@]}" "$POSTGRES_BIN/initdb" -D data.new -U postgres --auth-local=trust --auth-host=scram-sha-256 \
    --pwfile=password -E UTF8 --locale=C -N >"$LOGS/initdb.log" 2>&1 || fail_with_log initdb "initdb ended with an error"
  cat >>data.new/postgresql.conf <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 200
wal_level = logical
timezone = 'UTC'
END
  mv data.new data
}

# Its children live in sessions of their own and end a moment after it was killed. They are known by where they work.
no_children() { ! readlink /proc/[0-9]*/cwd 2>/dev/null | grep -qxF -- "$STATE/postgres/data"; }

part_down() {
  end_server postgres
  wait_until 30 "the end of PostgreSQL's children" no_children
}

healthy_postgres() {
  local bin port
  bin=$(recall bin)
  port=$(recall LOCKSTEP_TESTBED_POSTGRES_PORT)
  PGPASSWORD=postgres PGCONNECT_TIMEOUT=5 "$bin/psql" -X -q -At -h 127.0.0.1 -p "$port" -U postgres -d postgres -c 'select 1'
}
