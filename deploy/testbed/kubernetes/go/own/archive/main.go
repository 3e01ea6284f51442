// Archive writes an image as an OCI archive, as "ctr images import" takes it, without registry or daemon. Equal input gives an
// equal archive, so that its digest tells whether a node has the image already.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"strings"
)

// words is an option that may be given several times.
type words []string

func (w *words) String() string     { return strings.Join(*w, " ") }
func (w *words) Set(v string) error { *w = append(*w, v); return nil }

func main() {
	log.SetFlags(0)
	var layers, files, entrypoint, command, environment words
	flag.Var(&layers, "layer", "tar of a file system; the lowest first")
	flag.Var(&files, "file", "SOURCE:PATH: one program, in a layer above")
	flag.Var(&entrypoint, "entrypoint", "a word of it")
	flag.Var(&command, "command", "a word of the default arguments")
	flag.Var(&environment, "env", "NAME=VALUE")
	user := flag.String("user", "", "UID:GID")
	name := flag.String("name", "", "of the image: localhost/pause:1")
	out := flag.String("out", "", "the archive")
	flag.Parse()

	blobs := newBlobs()
	for _, layer := range layers {
		must(blobs.addFile(layer))
	}
	if len(files) > 0 {
		layer, err := layerOf(files)
		must(err)
		blobs.layers = append(blobs.layers, blobs.addBytes(mediaLayer, layer))
	}
	digest, err := blobs.write(*out, *name, process{
		Env:        environment,
		Entrypoint: entrypoint,
		Cmd:        command,
		User:       *user,
		WorkingDir: "/",
	})
	must(err)
	fmt.Println(digest)
}

func must(err error) {
	if err != nil {
		log.Fatalf("archive: %v", err)
	}
}

func marshal(value any) []byte {
	text, err := json.Marshal(value)
	must(err)
	return text
}
