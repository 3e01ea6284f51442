# The real node: container runtime, kubelet, Services, names, and the way out to the host's Temporal server.

start_node() {
  fill "$FILES/node/containerd.toml" "$FOLDER/containerd.toml"
  fill "$FILES/node/pods.conflist" "$FOLDER/cni/10-pods.conflist"
  fill "$FILES/node/kubelet.yaml" "$FOLDER/kubelet.yaml"
  fill "$FILES/node/Corefile" "$FOLDER/Corefile"
  printf 'nameserver %s\n' "$DNS" >"$FOLDER/resolv.conf"
  # What runs them is found on PATH: the runtime looks for its shim, kube-proxy for nft.
  local path=$ROOT/usr/bin:$ROOT/usr/sbin:$ROOT/sbin:$PATH
  start_server containerd "$FOLDER/containerd.sock" "${IN_NODE[@]}" env PATH="$path" \
    "$ROOT/usr/bin/containerd" --config "$FOLDER/containerd.toml"
  await_server containerd 120
  import_images
  start_server kubelet "$NODE_ADDRESS" "${IN_NODE[@]}" env PATH="$path" "$KUBERNETES/kubelet" \
    --config="$FOLDER/kubelet.yaml" --kubeconfig="$FOLDER/kubelet.kubeconfig" --root-dir="$FOLDER/kubelet" \
    --hostname-override="$NODE" --node-ip="$NODE_ADDRESS" --v=1
  start_server kube-proxy - "${IN_NODE[@]}" env PATH="$path" LD_LIBRARY_PATH="$LIBRARIES" "$KUBERNETES/kube-proxy" \
    --kubeconfig="$FOLDER/proxy.kubeconfig" --proxy-mode=nftables --hostname-override="$NODE" --cluster-cidr="$PODS" \
    --nodeport-addresses="$NODE_ADDRESS/32" --healthz-bind-address=127.0.0.1:10256 --metrics-bind-address=127.0.0.1:10249 \
    --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0 --conntrack-tcp-timeout-close-wait=0
  start_server coredns "$DNS:53" "${IN_NODE[@]}" "$COREDNS/coredns" -conf "$FOLDER/Corefile"
  local temporal s3
  temporal=$(PART=temporal recall LOCKSTEP_TESTBED_TEMPORAL_PORT)
  s3=$(PART=s3 recall LOCKSTEP_TESTBED_S3_PORT)
  # On the host's side of the link, where only the node comes from.
  start_server forward-temporal "$HOST_ADDRESS:7233" "$OWN/forward" "$HOST_ADDRESS:7233" \
    "127.0.0.1:${temporal:-${LOCKSTEP_TESTBED_TEMPORAL_PORT:-7233}}"
  start_server forward-s3 "$HOST_ADDRESS:9000" "$OWN/forward" "$HOST_ADDRESS:9000" \
    "127.0.0.1:${s3:-${LOCKSTEP_TESTBED_S3_PORT:-9000}}"
}

await_node() {
  await_server kubelet 120
  await_server kube-proxy 120
  await_server coredns 120
  wait_until 240 "a ready node" kubectl wait --for=condition=Ready "node/$NODE" --timeout=1s
}

# API server and kubelet agree on pods; the runtime alone knows them once those have ended.
remove_pods() {
  server_alive containerd || return 0
  local id
  for id in $(containers tasks ls -q); do
    containers tasks kill -s SIGKILL "$id" >/dev/null 2>&1 || true
  done
  wait_until 20 "the end of all containers" no_container_runs
  for id in $(containers containers ls -q); do
    containers tasks rm -f "$id" >/dev/null 2>&1 || true
    containers containers rm "$id" >/dev/null 2>&1 || true
  done
}

no_container_runs() { ! containers tasks ls | grep -q RUNNING; }

containers() { "$ROOT/usr/bin/ctr" -a "$FOLDER/containerd.sock" -n k8s.io "$@"; }

# Shims outlive the runtime on purpose. Ours are those that name our socket.
end_shims() {
  local file
  for file in $(grep -lsa -- "$FOLDER/containerd.sock" /proc/[0-9]*/cmdline); do
    # grep itself is among them, and gone.
    if { tr '\0' ' ' <"$file"; } 2>/dev/null | grep -q '^[^ ]*containerd-shim'; then
      file=${file%/cmdline}
      kill -KILL "${file##*/}" 2>/dev/null || true
    fi
  done
}

# Only empty ones can be removed: those of another kubelet's pods stay.
remove_cgroups() {
  local tree
  for tree in /sys/fs/cgroup/kubepods /sys/fs/cgroup/*/kubepods; do
    [[ ! -d $tree ]] || find "$tree" -depth -type d -exec rmdir {} \; 2>/dev/null || true
  done
}

unmount_all() {
  local mount
  awk -v folder="$FOLDER/" 'index($5, folder) == 1 { print $5 }' /proc/self/mountinfo | sort -r |
    while IFS= read -r mount; do
      umount -l "$mount" 2>/dev/null || true
    done
}

healthy_containerd() { containers version; }
healthy_kubelet() { "${IN_NODE[@]}" curl -fsS --max-time 5 http://127.0.0.1:10248/healthz; }
healthy_kube_proxy() { "${IN_NODE[@]}" curl -fsS --max-time 5 http://127.0.0.1:10256/healthz; }
healthy_coredns() { "${IN_NODE[@]}" curl -fsS --max-time 5 http://127.0.0.1:8181/ready; }
