# What is built from source and unpacked from packages.

KUBERNETES_VERSION=v1.34.4

# build_control_plane: what both kinds of node need. Sets KUBERNETES and ETCD to folders of programs.
build_control_plane() {
  local parts=k8s.io/component-base/version client=k8s.io/client-go/pkg/version
  # Kubernetes asks its programs for a version, which its own build would have put in.
  local said="-X $parts.gitVersion=$KUBERNETES_VERSION -X $parts.gitMajor=1 -X $parts.gitMinor=34 -X $parts.gitTreeState=clean
    -X $parts.gitCommit=none -X $parts.buildDate=1970-01-01T00:00:00Z
    -X $client.gitVersion=$KUBERNETES_VERSION -X $client.gitMajor=1 -X $client.gitMinor=34"
  local program programs=()
  for program in kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl; do
    programs+=("$program=k8s.io/kubernetes/cmd/$program")
  done
  KUBERNETES=$(GO_LDFLAGS="-s -w ${said//$'\n'/ }" go_family kubernetes "$FILES/go/kubernetes" "${programs[@]}")
  ETCD=$(GO_CGO=0 go_family etcd "$FILES/go/etcd" etcd=go.etcd.io/etcd/server/v3)
  KUBECTL=$KUBERNETES/kubectl
}

build_simulated_node() {
  KWOK=$(GO_CGO=0 go_family kwok "$FILES/go/kwok" kwok=sigs.k8s.io/kwok/cmd/kwok)
}

# build_node: sets a variable to the folder of each family, ROOT to the packages' root and LIBRARIES to where theirs are.
build_node() {
  local snapshotter=github.com/kubernetes-csi/external-snapshotter/v8/cmd
  COREDNS=$(GO_CGO=0 go_family coredns "$FILES/go/coredns" coredns=.)
  DRIVER=$(GO_CGO=0 go_family btrfscsi "$FILES/go/btrfscsi" btrfscsi=.)
  PROVISIONER=$(GO_CGO=0 go_family provisioner "$FILES/go/provisioner" \
    csi-provisioner=github.com/kubernetes-csi/external-provisioner/v6/cmd/csi-provisioner)
  SNAPSHOTTER=$(GO_CGO=0 go_family snapshotter "$FILES/go/snapshotter" \
    "csi-snapshotter=$snapshotter/csi-snapshotter" "snapshot-controller=$snapshotter/snapshot-controller")
  SNAPSHOT_CRDS=$(cached snapshot-crds "$(hash_of <"$FILES/go/snapshotter/go.sum")" copy_snapshot_crds)
  OWN=$(GO_CGO=0 go_family own "$FILES/go/own" pause=./pause forward=./forward archive=./archive)
  ROOT=$(debian_root node containerd runc containernetworking-plugins nftables libnftables1 libnftnl11 libjansson4 \
    iptables libip4tc2 libip6tc2 libxtables12 libnetfilter-conntrack3 libnfnetlink0 conntrack btrfs-progs liblzo2-2)
  LIBRARIES=$ROOT/usr/lib/$(uname -m)-linux-gnu:$ROOT/lib/$(uname -m)-linux-gnu
}

# The CRDs come with the module that the snapshot controller is built with, so that both are of one version.
copy_snapshot_crds() {
  local module
  module=$(cd "$FILES/go/snapshotter" &&
    GOTOOLCHAIN=local go mod download -json github.com/kubernetes-csi/external-snapshotter/client/v8 |
    sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  cp "$module"/config/crd/snapshot.storage.k8s.io_*.yaml "$OUT"
  chmod u+w "$OUT"/*
}
