# Volumes and snapshots: a btrfs file system in a file, a CSI driver on it, and the controllers that turn claims into calls.

# More than the disk may have: the file is sparse.
DISK_SIZE=24G

start_storage() {
  local socket=$FOLDER/kubelet/plugins/btrfs.csi.local/csi.sock
  mount_disk
  start_server btrfscsi "$socket" "${IN_NODE[@]}" env LD_LIBRARY_PATH="$LIBRARIES" "$DRIVER/btrfscsi" -node "$NODE" \
    -socket "$socket" -registry "$FOLDER/kubelet/plugins_registry" -base "$FOLDER/volumes" -btrfs "$(btrfs_program btrfs)"
  await_server btrfscsi 60
  # The class comes last, so where it is there all is.
  kubectl get volumesnapshotclass btrfs >/dev/null 2>&1 || make_classes
  start_server csi-provisioner - "${IN_NODE[@]}" "$PROVISIONER/csi-provisioner" --csi-address="$socket" \
    --kubeconfig="$KUBECONFIG_FILE" --extra-create-metadata --retry-interval-start=200ms --v=2
  start_server csi-snapshotter - "${IN_NODE[@]}" "$SNAPSHOTTER/csi-snapshotter" --csi-address="$socket" \
    --kubeconfig="$KUBECONFIG_FILE" --retry-interval-start=200ms --v=2
  # It waits half a minute for CRDs of group snapshots unless it is told not to.
  start_server snapshot-controller - "${IN_NODE[@]}" "$SNAPSHOTTER/snapshot-controller" --kubeconfig="$KUBECONFIG_FILE" \
    --leader-election=false --retry-crd-interval-max=1s --retry-interval-start=200ms --v=2
}

make_classes() {
  kubectl apply -f "$FILES/storage/driver.yaml" -f "$SNAPSHOT_CRDS" >/dev/null
  kubectl wait --for=condition=Established --timeout=240s -f "$SNAPSHOT_CRDS" >/dev/null
  kubectl apply -f "$FILES/storage/snapshot-class.yaml" >/dev/null
}

await_storage() {
  wait_until 240 "the registration of the CSI driver" driver_is_registered
  server_alive csi-provisioner && server_alive csi-snapshotter && server_alive snapshot-controller ||
    fail "a controller of volumes has ended: its log is in $LOGS"
}

driver_is_registered() {
  kubectl get csinode "$NODE" -o 'jsonpath={.spec.drivers[*].name}' | grep -q btrfs
}

mount_disk() {
  local disk=$FOLDER/volumes.img
  if [[ ! -f $disk ]]; then
    truncate -s "$DISK_SIZE" "$disk.new"
    LD_LIBRARY_PATH=$LIBRARIES "$(btrfs_program mkfs.btrfs)" -q "$disk.new" >/dev/null
    mv "$disk.new" "$disk"
  fi
  mkdir -p "$FOLDER/volumes"
  mountpoint -q "$FOLDER/volumes" || mount -o loop,noatime "$disk" "$FOLDER/volumes"
}

# Where a package puts it differs between releases.
btrfs_program() {
  local path
  for path in "$ROOT"/{usr/bin,usr/sbin,bin,sbin}/"$1"; do
    [[ ! -x $path ]] || { printf '%s\n' "$path" && return; }
  done
  fail "the packages have no $1"
}

healthy_btrfscsi() { [[ -S $FOLDER/kubelet/plugins/btrfs.csi.local/csi.sock ]]; }
