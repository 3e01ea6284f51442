# Client programs of PostgreSQL 17 and 18, beside those of the server of `postgres`: they dump servers of every version.
# No server. 18 is in Debian sid only, which may drop it: without it the tests that need it are skipped.

part_build() {
  PGCLIENT_17=$(client_programs 17 trixie)
  PGCLIENT_18=$(client_programs 18 sid) || {
    say "the client programs of PostgreSQL 18 are not to be had here: tests with them are skipped"
    PGCLIENT_18=
  }
}

# client_programs MAJOR SUITE: the folder of its programs, from the Debian release that carries them.
client_programs() {
  local root folder=usr/lib/postgresql/$1/bin
  root=$(debian_programs "pgclient$1" "$2" "$folder" "postgresql-client-$1") || return 1
  printf '%s\n' "$root/$folder"
}

part_up() {
  export_env LOCKSTEP_TESTBED_PGCLIENT_17 "$PGCLIENT_17"
  [[ ! $PGCLIENT_18 ]] || export_env LOCKSTEP_TESTBED_PGCLIENT_18 "$PGCLIENT_18"
}
