# Programs from Debian packages, unpacked into the cache: nothing is installed and no script of a package runs.

# debian_root FAMILY PACKAGE…: packages of this machine's own release. Prints the folder: programs are in its usr/bin and so
# on. Dependencies are not followed: name them.
debian_root() {
  local family=$1 hash
  shift
  hash=$({ . /etc/os-release && printf '%s\n' "${VERSION_CODENAME:-}" "$(uname -m)" "$@"; } | hash_of)
  cached "$family" "$hash" unpack_own_release "$@"
}

unpack_own_release() {
  require_debian
  mkdir "$OUT/.debs"
  cd "$OUT/.debs"
  if ! apt-get download -q "$@"; then
    ((UID == 0)) || fail "apt cannot download $*: run apt-get update as root once"
    apt-get update -q
    apt-get download -q "$@" || fail "apt cannot download $*"
  fi
  unpack_packages
}

# debian_programs FAMILY SUITE FOLDERS PACKAGE…: packages of a release of ours, with all they depend on, down to their own C
# library, so that they run on any machine with apt. Needs no root. Prints the folder; its programs are started by their path
# in one of FOLDERS (such as usr/sbin:usr/bin) of it.
debian_programs() {
  local family=$1 hash
  shift
  hash=$({ printf '%s\n' "$(uname -m)" "$@" && cat "$TESTBED_HOME/lib/debian.sh"; } | hash_of)
  cached "$family" "$hash" unpack_programs "$@"
}

unpack_programs() {
  local suite=$1 folders=$2 mirror
  shift 2
  require_debian
  local keys=/usr/share/keyrings/debian-archive-keyring.gpg
  [[ -f $keys ]] || fail "$keys is missing: install debian-archive-keyring"
  mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m 1 '/debian/$') ||
    fail "this machine's apt knows no Debian mirror"
  # An apt of its own, in which nothing is installed: so it names every dependency.
  mkdir -p "$OUT/.apt/lists/partial" "$OUT/.apt/cache/archives/partial" "$OUT/.debs"
  printf 'deb [signed-by=%s] %s %s main\n' "$keys" "$mirror" "$suite" >"$OUT/.apt/sources.list"
  : >"$OUT/.apt/status"
  local apt=(apt-get -q -o "Dir::Etc::sourcelist=$OUT/.apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State=$OUT/.apt" -o "Dir::State::status=$OUT/.apt/status" -o "Dir::Cache=$OUT/.apt/cache"
    -o Acquire::Languages=none -o APT::Sandbox::User=)
  "${apt[@]}" update
  cd "$OUT/.debs"
  # Scripts of packages need perl and their likes, the programs do not; the compiler behind PostgreSQL's JIT is optional.
  "${apt[@]}" -s --no-install-recommends install "$@" |
    awk '$1 == "Inst" && $2 !~ /^(perl|libperl|debconf|adduser|passwd|systemd|libllvm|ssl-cert|postgresql-common)/ { print $2 }' |
    xargs "${apt[@]}" download
  unpack_packages
  rm -rf .apt
  local folder
  for folder in ${folders//:/ }; do
    wrap_programs "$folder"
  done
}

# wrap_programs FOLDER: each program of it is started by the C library that came along, also by the others.
wrap_programs() {
  local program machine real
  machine=$(uname -m)-linux-gnu
  mkdir "$OUT/$1/.real"
  for program in "$OUT/$1"/*; do
    real=$1/.real/${program##*/}
    [[ $(head -c 4 "$program") == $'\x7fELF' ]] || continue
    mv "$program" "$OUT/$real"
    cat >"$program" <<END
#!/bin/sh
# Relative to itself, because the folder is made elsewhere and then moved.
root=\$(cd -- "\$(dirname -- "\$0")/$(sed -E 's#[^/]+#..#g' <<<"$1")" && pwd -P)
for loader in "\$root"/lib64/ld-linux-*.so.* "\$root"/usr/lib64/ld-linux-*.so.* "\$root"/lib/ld-linux-*.so.*; do
  [ -x "\$loader" ] && exec "\$loader" --library-path "\$root/usr/lib/$machine:\$root/lib/$machine:\$root/usr/lib" \\
    --argv0 "\$root/$1/\${0##*/}" "\$root/$real" "\$@"
done
echo "no ld-linux in \$root" >&2
exit 1
END
    chmod 755 "$program"
  done
}

require_debian() {
  require_command apt-get "these programs come as Debian packages; on another system install them yourself"
  require_command dpkg "these programs come as Debian packages"
}

# unpack_packages: those in $OUT/.debs into $OUT.
unpack_packages() {
  local package
  for package in "$OUT"/.debs/*.deb; do
    dpkg -x "$package" "$OUT"
  done
  cd "$OUT"
  rm -rf .debs
}
