# MySQL with its client programs, from the only Debian release that carries it. User root, password root.

part_build() {
  MYSQL_ROOT=$(debian_programs mysql sid usr/sbin:usr/bin mysql-server-core mysql-client-core)
}

part_up() {
  local folder port
  folder=$(part_folder)
  port=$(choose_port LOCKSTEP_TESTBED_MYSQL_PORT 3307)
  remember bin "$MYSQL_ROOT/usr/bin"
  local server=("$MYSQL_ROOT/usr/sbin/mysqld" --no-defaults "--user=$(id -un)" "--basedir=$MYSQL_ROOT/usr"
    "--datadir=$folder/data" --secure-file-priv= --mysqlx=OFF)
  [[ -d $folder/data ]] || initialize
  server_alive mysql || require_free_port "$port" LOCKSTEP_TESTBED_MYSQL_PORT
  start_server mysql "127.0.0.1:$port" "${server[@]}" --bind-address=127.0.0.1 "--port=$port" \
    "--socket=$folder/mysql.sock" "--pid-file=$folder/mysql.pid" --max-connections=200
  await_server mysql 120

  export_env LOCKSTEP_TESTBED_MYSQL "jdbc:mysql://127.0.0.1:$port/"
  export_env LOCKSTEP_TESTBED_MYSQL_BIN "$MYSQL_ROOT/usr/bin"
}

initialize() {
  rm -rf "$folder/data" "$folder/data.new"
  cat >"$folder/users.sql" <<'END'
ALTER USER root@localhost IDENTIFIED BY 'root';
CREATE USER root@'%' IDENTIFIED BY 'root';
GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;
END
  "${server[@]}" "--datadir=$folder/data.new" --initialize-insecure "--init-file=$folder/users.sql" \
    >>"$LOGS/mysql-init.log" 2>&1 || fail_with_log mysql-init "mysqld --initialize ended with an error"
  mv "$folder/data.new" "$folder/data"
}

healthy_mysql() {
  MYSQL_PWD=root "$(recall bin)/mysql" --no-defaults -h 127.0.0.1 -P "$(recall LOCKSTEP_TESTBED_MYSQL_PORT)" \
    -u root --connect-timeout=5 -Nse 'select 1'
}
