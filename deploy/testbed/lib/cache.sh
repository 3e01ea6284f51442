# What is built or unpacked once and kept, each in $CACHE/FAMILY-HASH. A folder appears there complete or not at all.

# cached FAMILY HASH COMMAND…: prints the folder; where it is missing runs COMMAND, which finds its output folder in the
# variable OUT, and keeps that.
cached() {
  local family=$1 folder=$CACHE/$1-$2
  shift 2
  if [[ ! -d $folder ]]; then
    mkdir -p "$CACHE"
    (
      exec 8>"$CACHE/$family.lock"
      flock 8
      [[ ! -d $folder ]] || exit 0
      OUT=$(mktemp -d "$CACHE/.$family.XXXXXX")
      trap 'rm -rf "$OUT"' EXIT
      say "making $family (kept in $folder)"
      local begin=$SECONDS
      "$@" >&2
      chmod 755 "$OUT"
      mv "$OUT" "$folder"
      say "made $family in $((SECONDS - begin)) s"
    )
    [[ -d $folder ]] || exit 1
  fi
  printf '%s\n' "$folder"
}

# hash_of: of standard input, short.
hash_of() { sha256sum | cut -c 1-12; }

# go_family FAMILY FOLDER PROGRAM=PACKAGE…: builds programs from the module in FOLDER (go.mod, go.sum, perhaps sources)
# and prints the folder that holds them. Again only when one of those files, a PACKAGE, GO_LDFLAGS or GO_CGO changed.
# GO_LDFLAGS (default "-s -w") and GO_CGO (0 or 1; default: what Go finds) may stand before the call.
go_family() {
  local family=$1 folder=$2
  shift 2
  local hash
  hash=$(
    cd "$folder"
    {
      uname -sm
      printf '%s\n' "${GO_LDFLAGS:-}" "${GO_CGO:-}" "$@"
      find . -type f \( -name go.mod -o -name go.sum -o -name '*.go' \) -print0 | sort -z | xargs -0 sha256sum
    } | hash_of
  )
  cached "$family" "$hash" build_go "$folder" "$@"
}

build_go() {
  local folder=$1 program
  shift
  require_go "$folder/go.mod"
  cd "$folder"
  for program in "$@"; do
    say "  go build ${program#*=}"
    CGO_ENABLED=${GO_CGO:-} GOTOOLCHAIN=local GOFLAGS=-mod=readonly \
      go build -buildvcs=false -ldflags "${GO_LDFLAGS:--s -w}" -o "$OUT/${program%%=*}" "${program#*=}"
  done
}

# require_go GO_MOD: fails in one sentence where there is no Go or an older one than the file asks for.
require_go() {
  local wanted have
  wanted=$(awk '$1 == "go" { print $2; exit }' "$1")
  command -v go >/dev/null || fail "go is not in PATH: install Go $wanted or later (its programs are built from source once)"
  have=$(GOTOOLCHAIN=local go env GOVERSION)
  have=${have#go}
  [[ $(printf '%s\n' "$wanted" "$have" | sort -V | head -n 1) == "$wanted" ]] ||
    fail "go $have is too old: install Go $wanted or later"
}
