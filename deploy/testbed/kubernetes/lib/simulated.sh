# A node played by kwok, for machines on which none can run: the API server and its controllers are real, pods are not.

start_simulated_node() {
  kubectl apply -f "$FILES/simulated/node.yaml" >/dev/null
  start_server kwok "127.0.0.1:$KWOK_PORT" "$KWOK/kwok" --kubeconfig="$KUBECONFIG_FILE" \
    --manage-all-nodes=true --server-address="127.0.0.1:$KWOK_PORT" --cidr="$PODS" --node-ip=127.0.0.1
  await_server kwok 120
  wait_until 240 "a ready simulated node" kubectl wait --for=condition=Ready node/simulated --timeout=1s
}

healthy_kwok() { curl -fsS --max-time 5 "http://127.0.0.1:$KWOK_PORT/healthz"; }
