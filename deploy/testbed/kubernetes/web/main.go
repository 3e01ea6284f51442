// Web is a small application with a database, in three versions, as the tests roll them out. Each version knows the tables as
// its developers did: version 1 by the old columns, version 3 by the new ones, version 2 by both.
package main

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// version is set when the image is built: -ldflags "-X main.version=2".
var version = "1"

const (
	address = ":8080"
	// Long enough for kube-proxy to have taken the pod out of the Service, and for idle connections of clients to be
	// used once more and so be closed by an answer instead of under a request.
	drain = 3 * time.Second
	// A request takes milliseconds; this is for one that waits for a lock.
	finish = 20 * time.Second
)

func main() {
	statements, known := statementsOf[version]
	if !known {
		log.Fatalf("version %q is none of 1, 2, 3", version)
	}
	pool, err := openPool(os.Getenv)
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	var ending atomic.Bool
	server := &http.Server{
		Handler:           routes(pool, statements, &ending),
		ReadHeaderTimeout: 10 * time.Second,
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	log.Printf("version %s serves on %s", version, address)

	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM, syscall.SIGINT)
	select {
	case err := <-served:
		log.Fatal(err)
	case <-told:
	}
	ending.Store(true)
	time.Sleep(drain)
	soon, cancel := context.WithTimeout(context.Background(), finish)
	defer cancel()
	if err := server.Shutdown(soon); err != nil && !errors.Is(err, http.ErrServerClosed) {
		log.Printf("requests were cut off: %v", err)
	}
}
