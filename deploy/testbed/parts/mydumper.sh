# mydumper and myloader, for the servers of `mysql` and `mariadb`. No server. No release of Debian has them new enough: 0.10.1
# everywhere. Hence those of this machine, or of the folder that LOCKSTEP_TESTBED_MYDUMPER names; without them tests are skipped.

MYDUMPER_OLDEST=1.0.1

part_build() {
  local program version
  MYDUMPER_BIN=${LOCKSTEP_TESTBED_MYDUMPER:-}
  if [[ ! $MYDUMPER_BIN ]]; then
    program=$(command -v mydumper) || fail "no mydumper on the PATH, nor in LOCKSTEP_TESTBED_MYDUMPER"
    MYDUMPER_BIN=${program%/*}
  fi
  for program in mydumper myloader; do
    [[ -x $MYDUMPER_BIN/$program ]] || fail "no $program in $MYDUMPER_BIN"
    version=$("$MYDUMPER_BIN/$program" --version 2>&1 | sed -n "s/^$program v\{0,1\}\([0-9.]*\).*/\1/p")
    [[ $(printf '%s\n' "$MYDUMPER_OLDEST" "$version" | sort -V | head -n 1) == "$MYDUMPER_OLDEST" ]] ||
      fail "$MYDUMPER_BIN/$program is ${version:-of no known version}: $MYDUMPER_OLDEST or newer is needed"
  done
}

part_up() {
  export_env LOCKSTEP_TESTBED_MYDUMPER_BIN "$MYDUMPER_BIN"
}
