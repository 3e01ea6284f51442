# Example deliveries of webhooks as GitHub and GitLab publish them. No server: github/… as its npm package has them, one file
# of all events for each version of GitHub, and gitlab/{webhooks,systemhooks}, a file each, out of GitLab's own client for Go.

part_build() {
  PAYLOADS=$(cached payloads "$(cat "$TESTBED_HOME"/payloads/{package*.json,go.*} "$TESTBED_HOME/parts/payloads.sh" | hash_of)" collect_payloads)
}

# Both are checked against the sums kept here; nothing of either is built or run.
collect_payloads() {
  local module=gitlab.com/gitlab-org/api/client-go folder
  require_command npm "install Node.js 20 or later, with npm"
  require_go "$TESTBED_HOME/payloads/go.mod"
  mkdir "$OUT/.npm"
  cp "$TESTBED_HOME"/payloads/package*.json "$OUT/.npm"
  cd "$OUT/.npm"
  npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
  mv node_modules/@octokit/webhooks-examples "$OUT/github"
  rm -rf "$OUT/.npm"

  cd "$TESTBED_HOME/payloads"
  export GOTOOLCHAIN=local GOFLAGS=-mod=readonly
  go mod download "$module"
  folder=$(go list -m -f '{{.Dir}}' "$module")
  mkdir "$OUT/gitlab"
  cp -R "$folder"/testdata/{webhooks,systemhooks} "$folder/LICENSE" "$OUT/gitlab"
  chmod -R u+w "$OUT/gitlab"
}

part_up() {
  export_env LOCKSTEP_TESTBED_PAYLOADS "$PAYLOADS"
}
