# Whether this machine can run a real node. Asked before anything is built, because a simulated node needs less.

# why_simulated: prints in one sentence why the node has to be simulated; nothing where a real one can run.
why_simulated() {
  if [[ ${LOCKSTEP_TESTBED_NODE:-} == simulated ]]; then
    echo "LOCKSTEP_TESTBED_NODE=simulated asks for it"
    return
  fi
  if ((UID != 0)); then
    echo "not root: a node makes mounts, control groups and network namespaces"
    return
  fi
  local command
  for command in ip nsenter unshare mount openssl sysctl apt-get dpkg; do
    if ! command -v "$command" >/dev/null; then
      echo "$command is missing"
      return
    fi
  done
  if ! unshare --mount --net true 2>/dev/null; then
    echo "no privilege for mount and network namespaces"
  elif ! can_make_cgroup; then
    echo "no privilege for control groups"
  elif ! has_file_system overlay; then
    echo "the kernel has no overlay file system, on which images are unpacked"
  elif ! has_file_system btrfs; then
    echo "the kernel has no btrfs, of which volumes and snapshots are made"
  elif [[ ! -e /dev/loop-control ]]; then
    echo "there are no loop devices, on which the file system of the volumes lies"
  fi
}

# Each controller of the first version is a tree of its own, and writable like all of them or none.
can_make_cgroup() {
  local tree=/sys/fs/cgroup probe
  [[ -e $tree/cgroup.controllers ]] || tree=$tree/memory
  probe=$tree/lockstep-probe-$$
  mkdir "$probe" 2>/dev/null && rmdir "$probe"
}

has_file_system() {
  grep -qw "$1" /proc/filesystems || { modprobe "$1" 2>/dev/null && grep -qw "$1" /proc/filesystems; }
}
