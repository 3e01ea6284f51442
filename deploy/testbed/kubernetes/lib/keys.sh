# Certificates and tokens. Made once for a state folder; all of them die with it.

# make_keys: FOLDER/keys and a kubeconfig for each component.
make_keys() {
  local keys=$FOLDER/keys
  [[ ! -f $keys/complete ]] || return 0
  rm -rf "$keys"
  mkdir -p "$keys"
  make_authority
  make_certificate apiserver /CN=kube-apiserver \
    "subjectAltName=DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:$NODE_ADDRESS,IP:${SERVICES%.0.0/16}.0.1"
  make_certificate kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
  openssl genrsa -out "$keys/accounts.key" 2048 2>/dev/null
  openssl rsa -in "$keys/accounts.key" -pubout -out "$keys/accounts.pub" 2>/dev/null
  make_access admin admin system:masters
  make_access controller-manager system:kube-controller-manager
  make_access scheduler system:kube-scheduler
  make_access kubelet "system:node:$NODE" system:nodes
  make_access proxy system:kube-proxy
  touch "$keys/complete"
}

make_authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=lockstep-testbed \
    -keyout "$keys/ca.key" -out "$keys/ca.crt" 2>/dev/null
}

# make_certificate NAME SUBJECT [EXTENSION]
make_certificate() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" \
    -keyout "$keys/$1.key" -out "$keys/$1.csr" 2>/dev/null
  openssl x509 -req -in "$keys/$1.csr" -CA "$keys/ca.crt" -CAkey "$keys/ca.key" -CAcreateserial -days 3650 \
    -extfile <(printf 'keyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\n%s\n' "${3:-}") \
    -out "$keys/$1.crt" 2>/dev/null
}

# make_access NAME USER [GROUP]: a token, and NAME.kubeconfig with it.
make_access() {
  local token
  token=$(openssl rand -hex 16)
  printf '%s,%s,%s%s\n' "$token" "$2" "$1" "${3:+,\"$3\"}" >>"$keys/tokens.csv"
  cat >"$FOLDER/$1.kubeconfig" <<END
apiVersion: v1
kind: Config
clusters:
  - name: testbed
    cluster: {server: "$API", certificate-authority-data: $(base64 -w0 "$keys/ca.crt")}
users:
  - name: $1
    user: {token: "$token"}
contexts:
  - name: testbed
    context: {cluster: testbed, user: $1}
current-context: testbed
END
  chmod 600 "$FOLDER/$1.kubeconfig"
}
