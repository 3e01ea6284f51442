# A cluster of one node: etcd, API server, controllers, and a real node with images made here, in a network of its own. Where a
# real node cannot run, a simulated one serves; its API server is then on loopback.

FILES=$TESTBED_HOME/kubernetes
FOLDER=$STATE/kubernetes
KUBECONFIG_FILE=$FOLDER/admin.kubeconfig
NODE=node

for file in reason programs network keys control-plane node storage images simulated; do
  source "$FILES/lib/$file.sh"
done

# choose_node: sets KIND (real or simulated), once for a state folder, and where the servers are.
choose_node() {
  KIND=$(recall kind)
  if [[ -z $KIND ]]; then
    local reason
    reason=$(why_simulated)
    KIND=real
    if [[ -n $reason ]]; then
      [[ ${LOCKSTEP_TESTBED_NODE:-} != real ]] || fail "a real node was asked for by LOCKSTEP_TESTBED_NODE, but: $reason"
      KIND=simulated
      say "the node will be simulated: $reason"
    fi
    # Only an `up` has a state folder to remember in.
    if [[ $VERB == up ]]; then
      remember kind "$KIND"
      remember reason "$reason"
    fi
  fi
  "places_$KIND"
}

places_real() {
  LAUNCHER=("$FILES/node/first")
  API_ADDRESS=$NODE_ADDRESS BIND_ADDRESS=0.0.0.0 API_PORT=6443 ETCD_PORT=2379
  # Pods reach the API server by its Service.
  ENDPOINTS=lease
  API=https://$API_ADDRESS:$API_PORT
}

# Others may use the host's loopback too, so these ports can be moved.
places_simulated() {
  NODE=simulated
  IN_NODE=()
  API_ADDRESS=127.0.0.1 BIND_ADDRESS=127.0.0.1
  # A Service refuses an endpoint on loopback, and no pod is there to use it.
  ENDPOINTS=none
  API_PORT=$(port LOCKSTEP_TESTBED_KUBERNETES_PORT 6443)
  ETCD_PORT=$(port LOCKSTEP_TESTBED_ETCD_PORT 2379)
  KWOK_PORT=$(port LOCKSTEP_TESTBED_KWOK_PORT 10247)
  API=https://$API_ADDRESS:$API_PORT
}

port() { if [[ $VERB == up ]]; then choose_port "$@"; else recall "$1"; fi; }

part_build() {
  choose_node
  require_command openssl "certificates are made with it"
  require_command curl "the health of the servers is asked with it"
  build_control_plane
  if [[ $KIND == simulated ]]; then
    build_simulated_node
  else
    build_node
    build_images
    # `down` is another process and must not build to find them.
    [[ $VERB != up ]] || remember root "$ROOT"
  fi
}

part_up() {
  part_folder >/dev/null
  make_keys
  if [[ $KIND == simulated ]]; then
    require_free_ports
    start_control_plane
    start_simulated_node
    export_env LOCKSTEP_TESTBED_NODE_REASON "$(recall reason)"
  else
    make_network
    start_control_plane
    start_node
    start_storage
    await_node
    await_storage
  fi
  export_env LOCKSTEP_TESTBED_KUBECONFIG "$KUBECONFIG_FILE"
  export_env LOCKSTEP_TESTBED_KUBECTL "$KUBECTL"
  export_env LOCKSTEP_TESTBED_NODE "$KIND"
}

require_free_ports() {
  server_alive etcd || require_free_port "$ETCD_PORT" LOCKSTEP_TESTBED_ETCD_PORT
  server_alive kube-apiserver || require_free_port "$API_PORT" LOCKSTEP_TESTBED_KUBERNETES_PORT
  server_alive kwok || require_free_port "$KWOK_PORT" LOCKSTEP_TESTBED_KWOK_PORT
}

# What would start pods again ends first, then the pods, then what they stand on.
part_down() {
  # Without a network of ours nothing of a node was started; pods and control groups then are another testbed's.
  [[ $KIND == real && $(recall network) == made ]] || return 0
  local server
  for server in kubelet csi-provisioner csi-snapshotter snapshot-controller kube-proxy coredns forward-temporal \
    forward-s3 kube-controller-manager kube-scheduler; do
    end_server "$server"
  done
  remove_pods
  end_server containerd
  end_shims
  end_server btrfscsi
  unmount_all
  remove_cgroups
}

# fill TEMPLATE FILE: puts this cluster's places in.
fill() {
  local text name
  text=$(<"$1")
  for name in FOLDER ROOT PODS DNS; do
    text=${text//@$name@/${!name}}
  done
  mkdir -p "${2%/*}"
  printf '%s\n' "${text//@KUBECONFIG@/$KUBECONFIG_FILE}" >"$2"
}

# The other verbs find what an `up` has chosen.
if [[ $VERB == down || $VERB == status ]]; then
  ROOT=$(recall root)
  choose_node
fi
