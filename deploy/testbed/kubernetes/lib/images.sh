# Images, made here because there is no registry: each is an OCI archive in the cache, imported into the node once.

SUITE=bookworm
TREE=$(cd -- "$TESTBED_HOME/../.." && pwd)

# build_images: fills the array IMAGES with NAME=FOLDER; a folder holds image.tar and its digest.
build_images() {
  local version web postgres java lockstep
  IMAGES=()
  image pause localhost/pause:1 -file "$OWN/pause:/pause" -entrypoint /pause
  for version in 1 2 3; do
    web=$(GO_CGO=0 GO_LDFLAGS="-s -w -X main.version=$version" go_family web "$FILES/web" web=.)
    image web "localhost/lockstep-web:$version" -file "$web/web:/web" -entrypoint /web -user 10001:10001
  done
  postgres=$(root_file_system postgres postgres:999 postgresql-15)
  image postgres localhost/lockstep-postgres:15 -layer "$postgres/root.tar" -user 999:999 \
    -env PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin -env LANG=C.UTF-8
  java=$(root_file_system java lockstep:10001 openjdk-17-jre-headless)
  lockstep=$(lockstep_layers)
  image lockstep localhost/lockstep:testbed -layer "$java/root.tar" -layer "$lockstep/libraries.tar" -layer "$lockstep/own.tar" \
    -entrypoint /usr/local/bin/lockstep -command worker -user 10001:10001 -env HOME=/tmp \
    -env "PATH=/usr/lib/jvm/java-1.17.0-openjdk-$(dpkg --print-architecture)/bin:/usr/local/bin:/usr/bin:/bin"
}

# image FAMILY NAME OPTION…: an archive; what is in the layers is told by their paths, which are in the cache by hash.
image() {
  local folder
  folder=$(cached "image-$1" "$(printf '%s\n' "$OWN" "${@:2}" | hash_of)" write_image "${@:2}")
  IMAGES+=("$2=$folder")
}

write_image() { "$OWN/archive" -name "$1" -out "$OUT/image.tar" "${@:2}" >"$OUT/digest"; }

# import_images: those that the node does not have with this very content.
import_images() {
  local given name there
  # Lines of name, type, digest.
  there=$(containers images ls | awk '{ print $1, $3 }')
  for given in "${IMAGES[@]}"; do
    name=${given%%=*}
    ! grep -qxF "$name $(<"${given#*=}/digest")" <<<"$there" || continue
    say "importing $name"
    containers images import "${given#*=}/image.tar" >/dev/null
  done
}

# root_file_system FAMILY USER:ID PACKAGE…: a small Debian with these packages and a user of a known number, as root.tar.
root_file_system() {
  local hash
  hash=$({ uname -m && printf '%s\n' "$SUITE" "$@" && declare -f make_root; } | hash_of)
  cached "root-$1" "$hash" make_root "${@:2}"
}

# Unpacked, not installed: no package's script is needed for what runs here, and so no privilege. What scripts would make is
# missing: Java has no public certificate authorities, and nothing here speaks to the public. The shell and its commands
# are named because packages take them for granted.
make_root() {
  local user=${1%:*} id=${1#*:} folder=$OUT
  shift
  local OUT=$folder/tree
  mkdir "$OUT"
  (
    # Inside their own root, programs find their libraries without help.
    wrap_programs() { :; }
    unpack_programs "$SUITE" - base-files bash coreutils dash findutils grep hostname libc-bin sed tar "$@"
  )
  mkdir -p "$OUT"/{dev,etc,proc,sys,run,var/tmp}
  mkdir -p "$OUT/tmp"
  chmod 1777 "$OUT/tmp" "$OUT/var/tmp"
  printf 'root:x:0:0::/root:/bin/sh\n%s:x:%d:%d::/tmp:/bin/sh\n' "$user" "$id" "$id" >"$OUT/etc/passwd"
  printf 'root:x:0:\n%s:x:%d:\n' "$user" "$id" >"$OUT/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$OUT/etc/nsswitch.conf"
  rm -rf "$OUT"/usr/share/{doc,man,locale,info,lintian} "$OUT"/usr/lib/postgresql/*/lib/bitcode
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$OUT" -cf "$folder/root.tar" .
  rm -rf "$OUT"
}

# lockstep_layers: other people's jars, and our own above them. From what the tree has built last; built where it never was.
lockstep_layers() {
  local app=$TREE/worker/target/app hash
  if [[ ! -f $app/lockstep-worker.jar || ! -d $app/lib ]]; then
    require_command mvn "Lockstep's image is made from its jars: build them, or install Maven"
    say "building Lockstep for its image"
    (cd "$TREE" && mvn -B -ntp -q -Dquick -Dmaven.test.skip=true -pl worker -am package </dev/null >&2) ||
      fail "Lockstep does not build, so it has no image: see above"
  fi
  hash=$(
    cd "$app"
    { find . -name '*.jar' -print0 | sort -z | xargs -0 sha256sum && cat "$TREE/deploy/image/lockstep" && declare -f write_layers; } |
      hash_of
  )
  cached lockstep "$hash" write_layers "$app"
}

write_layers() {
  local same=(--sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw)
  cd "$1"
  tar "${same[@]}" --exclude='lib/lockstep-*.jar' --transform='s,^lib,opt/lockstep/app/lib,' -cf "$OUT/libraries.tar" lib
  tar "${same[@]}" --transform='s,^\(lib\|lockstep-worker\),opt/lockstep/app/\1,' \
    -cf "$OUT/own.tar" lockstep-worker.jar lib/lockstep-*.jar
  tar "${same[@]}" --mode=755 -C "$TREE/deploy/image" --transform='s,^,usr/local/bin/,' -rf "$OUT/own.tar" lockstep
}
