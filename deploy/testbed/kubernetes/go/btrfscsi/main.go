// Btrfscsi is a CSI driver for one node. A volume is a btrfs subvolume, a snapshot is a read-only btrfs snapshot: atomic, and so
// consistent as after a crash. It does not enforce sizes. It registers itself with the kubelet.
package main

import (
	"context"
	"flag"
	"log"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

const driver = "btrfs.csi.local"

func main() {
	node := flag.String("node", "", "name of the node")
	socket := flag.String("socket", "", "where the driver listens")
	registry := flag.String("registry", "", "the kubelet's folder plugins_registry")
	base := flag.String("base", "", "where btrfs is mounted")
	program := flag.String("btrfs", "btrfs", "the btrfs program")
	flag.Parse()

	pool, err := openPool(*base, *program)
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer(grpc.UnaryInterceptor(logCalls))
	csi.RegisterIdentityServer(server, identity{})
	csi.RegisterControllerServer(server, controller{pool: pool})
	csi.RegisterNodeServer(server, nodeServer{pool: pool, name: *node})
	listener := listen(*socket)

	plugin := grpc.NewServer()
	registration.RegisterRegistrationServer(plugin, kubeletPlugin{socket: *socket})
	pluginListener := listen(filepath.Join(*registry, driver+"-reg.sock"))
	go func() { log.Fatal(plugin.Serve(pluginListener)) }()
	log.Printf("%s listens on %s", driver, *socket)
	log.Fatal(server.Serve(listener))
}

// listen replaces the socket that an earlier process has left.
func listen(path string) net.Listener {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		log.Fatal(err)
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		log.Fatal(err)
	}
	return listener
}

// logCalls leaves out those that come all the time and change nothing.
func logCalls(ctx context.Context, request any, call *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	begin := time.Now()
	answer, err := handler(ctx, request)
	if !strings.HasSuffix(call.FullMethod, "Capabilities") && !strings.HasSuffix(call.FullMethod, "Probe") {
		log.Printf("%s %v err=%v", call.FullMethod, time.Since(begin).Round(time.Microsecond), err)
	}
	return answer, err
}
