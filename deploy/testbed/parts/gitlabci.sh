# gitlab-ci-local, which runs pipelines of GitLab on this machine. No server. Its Node.js comes along, since it needs a newer
# one than the other parts, and rsync where this machine has none.

part_build() {
  require_command npm "install Node.js 20 or later, with npm"
  local hash
  hash=$(
    cd "$TESTBED_HOME"
    { uname -sm && command -v rsync || true; cat gitlabci/package*.json parts/gitlabci.sh lib/debian.sh; } | hash_of
  )
  PROGRAMS=$(cached gitlabci "$hash" install_gitlabci)
}

# No script of a package runs: what is needed are one file of JavaScript and one program.
install_gitlabci() {
  if ! command -v rsync >/dev/null; then
    mkdir "$OUT/rsync"
    (OUT=$OUT/rsync && unpack_programs bookworm usr/bin rsync)
  fi
  cp "$TESTBED_HOME"/gitlabci/package*.json "$OUT"
  cd "$OUT"
  npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
  cat >gitlab-ci-local <<'END'
#!/bin/sh
# Relative to itself, because the folder is made elsewhere and then moved.
root=$(dirname -- "$0")
PATH=$PATH:$root/rsync/usr/bin
exec "$root"/node_modules/node-linux-*/bin/node "$root/node_modules/gitlab-ci-local/dist/index.js" "$@"
END
  chmod 755 gitlab-ci-local
  ./gitlab-ci-local --version
}

part_up() {
  export_env LOCKSTEP_TESTBED_GITLABCI "$PROGRAMS/gitlab-ci-local"
}
