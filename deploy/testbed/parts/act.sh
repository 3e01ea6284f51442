# act, which runs workflows of GitHub on this machine. No server.

part_build() {
  PROGRAMS=$(go_family act "$TESTBED_HOME/act" act=github.com/nektos/act)
}

part_up() {
  export_env LOCKSTEP_TESTBED_ACT "$PROGRAMS/act"
}
