// Forward passes TCP connections on: "forward LISTEN TARGET". Pods reach a server that listens on the host's loopback only
// through one that listens on the host's end of the node's link, where nobody but the node can come from.
package main

import (
	"io"
	"log"
	"net"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: forward LISTEN_ADDRESS TARGET_ADDRESS")
	}
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go pass(client.(*net.TCPConn), os.Args[2])
	}
}

// pass carries both directions. A target that does not answer closes the client's connection, so that it tries again as it
// would with the target itself.
func pass(client *net.TCPConn, target string) {
	defer client.Close()
	connection, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	server := connection.(*net.TCPConn)
	defer server.Close()
	done := make(chan struct{}, 2)
	go copyUntilEnd(server, client, done)
	go copyUntilEnd(client, server, done)
	<-done
	<-done
}

// copyUntilEnd hands on the end of a direction too: the other one may go on.
func copyUntilEnd(to, from *net.TCPConn, done chan<- struct{}) {
	_, err := io.Copy(to, from)
	if err != nil {
		to.Close()
		from.Close()
	} else {
		_ = to.CloseWrite() // fails where the other side has gone, which ends the other direction too
	}
	done <- struct{}{}
}
