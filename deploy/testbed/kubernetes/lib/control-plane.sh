# etcd, API server, controller manager, scheduler: the same for a real and a simulated node.

start_control_plane() {
  local etcd=http://127.0.0.1:$ETCD_PORT peers=http://127.0.0.1:$((ETCD_PORT + 1))
  # The data is thrown away with the folder: it need not survive the machine, only its own end, for which no fsync is needed.
  start_server etcd "$etcd" "${IN_NODE[@]}" "$ETCD/etcd" --data-dir "$FOLDER/etcd" --name testbed --unsafe-no-fsync \
    --listen-client-urls "$etcd" --advertise-client-urls "$etcd" \
    --listen-peer-urls "$peers" --initial-advertise-peer-urls "$peers" --initial-cluster "testbed=$peers" --log-level warn
  await_server etcd 120
  start_server kube-apiserver "$API" "${IN_NODE[@]}" "$KUBERNETES/kube-apiserver" \
    --etcd-servers="$etcd" --bind-address="$BIND_ADDRESS" --advertise-address="$API_ADDRESS" --secure-port="$API_PORT" \
    --tls-cert-file="$FOLDER/keys/apiserver.crt" --tls-private-key-file="$FOLDER/keys/apiserver.key" \
    --client-ca-file="$FOLDER/keys/ca.crt" --token-auth-file="$FOLDER/keys/tokens.csv" \
    --authorization-mode=Node,RBAC --service-cluster-ip-range="$SERVICES" --allow-privileged=true \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$FOLDER/keys/accounts.pub" \
    --service-account-signing-key-file="$FOLDER/keys/accounts.key" \
    --kubelet-client-certificate="$FOLDER/keys/kubelet-client.crt" --kubelet-client-key="$FOLDER/keys/kubelet-client.key" \
    --kubelet-preferred-address-types=InternalIP --endpoint-reconciler-type="$ENDPOINTS" --v=1
  await_server kube-apiserver 240
  # No ports of their own: nothing asks them, and a simulated node shares the host's.
  start_server kube-controller-manager - "${IN_NODE[@]}" "$KUBERNETES/kube-controller-manager" \
    --kubeconfig="$FOLDER/controller-manager.kubeconfig" --leader-elect=false --use-service-account-credentials=true \
    --root-ca-file="$FOLDER/keys/ca.crt" --service-account-private-key-file="$FOLDER/keys/accounts.key" --secure-port=0 --v=1
  start_server kube-scheduler - "${IN_NODE[@]}" "$KUBERNETES/kube-scheduler" \
    --kubeconfig="$FOLDER/scheduler.kubeconfig" --leader-elect=false --secure-port=0 --v=1
  # Pods are refused before there is one; it is the controller manager's first work.
  wait_until 240 "the default service account" kubectl -n default get serviceaccount default
}

kubectl() { "$KUBECTL" --kubeconfig "$KUBECONFIG_FILE" "$@"; }

healthy_etcd() { "${IN_NODE[@]}" curl -fsS --max-time 5 "http://127.0.0.1:$ETCD_PORT/health"; }
healthy_kube_apiserver() { curl -fsSk --max-time 5 "$API/readyz"; }
