# The node's own network: a namespace and one link to the host. Nothing else of the host's network is touched.

NAMESPACE=lockstep-testbed
LINK=lockstep0
HOST_ADDRESS=10.98.0.1
NODE_ADDRESS=10.98.0.2
SERVICES=10.96.0.0/16
PODS=10.244.0.0/24
DNS=10.96.0.10
# Words before a command that is to run there. Not "ip netns exec": it mounts another /sys, without control groups.
IN_NODE=(nsenter "--net=/run/netns/$NAMESPACE" --)

# make_network: once; addresses are fixed, so there is one such node on a machine.
make_network() {
  if [[ -e /run/netns/$NAMESPACE ]]; then
    [[ $(recall network) == made ]] ||
      fail "network namespace $NAMESPACE is there already, of another testbed: end that one with its 'testbed down'" \
        "(or, where nothing is left of it: ip netns delete $NAMESPACE)"
    return 0
  fi
  local range
  for range in "$SERVICES" "$PODS" "$HOST_ADDRESS/30"; do
    [[ -z $(ip route show "$range") ]] || fail "the range $range, which the node needs, has a route on this machine"
  done
  remember network made
  on_down remove_network
  ip netns add "$NAMESPACE"
  ip link add "$LINK" type veth peer name eth0 netns "$NAMESPACE"
  ip address add "$HOST_ADDRESS/30" dev "$LINK"
  ip link set "$LINK" up
  ip -n "$NAMESPACE" link set lo up
  ip -n "$NAMESPACE" address add "$NODE_ADDRESS/30" dev eth0
  ip -n "$NAMESPACE" link set eth0 up
  ip -n "$NAMESPACE" route add default via "$HOST_ADDRESS"
  ip -n "$NAMESPACE" address add "$DNS/32" dev lo
  ip route add "$PODS" via "$NODE_ADDRESS" dev "$LINK"
  ip route add "$SERVICES" via "$NODE_ADDRESS" dev "$LINK"
  "${IN_NODE[@]}" sysctl -qw net.ipv4.ip_forward=1
}

# Links, routes and nftables of the namespace go with it.
remove_network() {
  ip link delete "$LINK" 2>/dev/null || true
  ip netns delete "$NAMESPACE" 2>/dev/null || true
}
