# MariaDB with its client programs, from Debian. User root, password root.

part_build() {
  MARIADB_ROOT=$(debian_programs mariadb bookworm usr/sbin:usr/bin mariadb-server-core mariadb-client-core mariadb-client)
}

part_up() {
  local folder port
  folder=$(part_folder)
  port=$(choose_port LOCKSTEP_TESTBED_MARIADB_PORT 3308)
  remember bin "$MARIADB_ROOT/usr/bin"
  local server=("$MARIADB_ROOT/usr/sbin/mariadbd" --no-defaults "--user=$(id -un)" "--basedir=$MARIADB_ROOT/usr"
    "--lc-messages-dir=$MARIADB_ROOT/usr/share/mysql" "--datadir=$folder/data")
  [[ -d $folder/data ]] || initialize
  server_alive mariadb || require_free_port "$port" LOCKSTEP_TESTBED_MARIADB_PORT
  start_server mariadb "127.0.0.1:$port" "${server[@]}" --bind-address=127.0.0.1 "--port=$port" \
    "--socket=$folder/mariadb.sock" "--pid-file=$folder/mariadb.pid" --max-connections=200
  await_server mariadb 120

  export_env LOCKSTEP_TESTBED_MARIADB "jdbc:mariadb://127.0.0.1:$port/"
  export_env LOCKSTEP_TESTBED_MARIADB_BIN "$MARIADB_ROOT/usr/bin"
}

# initialize: what mariadb-install-db does, without its scripts: the system tables are SQL read by the server itself.
initialize() {
  local share=$MARIADB_ROOT/usr/share/mysql
  rm -rf "$folder/data.new"
  mkdir -p "$folder/data.new/mysql"
  {
    printf 'use mysql;\n'
    cat "$share/mysql_system_tables.sql" "$share/mysql_performance_tables.sql" "$share/mysql_system_tables_data.sql" \
      "$share/fill_help_tables.sql" "$share/maria_add_gis_sp_bootstrap.sql" "$share/mysql_sys_schema.sql"
    cat <<'END'
FLUSH PRIVILEGES;
CREATE OR REPLACE USER root@localhost IDENTIFIED BY 'root';
GRANT ALL ON *.* TO root@localhost WITH GRANT OPTION;
CREATE OR REPLACE USER root@'%' IDENTIFIED BY 'root';
GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;
END
  } | "${server[@]}" "--datadir=$folder/data.new" --bootstrap --max-allowed-packet=8M --net-buffer-length=16K \
    >>"$LOGS/mariadb-init.log" 2>&1 || fail_with_log mariadb-init "mariadbd --bootstrap ended with an error"
  mv "$folder/data.new" "$folder/data"
}

healthy_mariadb() {
  MYSQL_PWD=root "$(recall bin)/mariadb" --no-defaults -h 127.0.0.1 -P "$(recall LOCKSTEP_TESTBED_MARIADB_PORT)" \
    -u root --connect-timeout=5 -Nse 'select 1'
}
