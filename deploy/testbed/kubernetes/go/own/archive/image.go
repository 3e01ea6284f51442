package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// Names and shapes: https://github.com/opencontainers/image-spec
const (
	mediaIndex    = "application/vnd.oci.image.index.v1+json"
	mediaManifest = "application/vnd.oci.image.manifest.v1+json"
	mediaConfig   = "application/vnd.oci.image.config.v1+json"
	mediaLayer    = "application/vnd.oci.image.layer.v1.tar"
	// A time in the image would make every build another image.
	noTime = "1970-01-01T00:00:00Z"
)

type descriptor struct {
	MediaType   string            `json:"mediaType"`
	Digest      string            `json:"digest"`
	Size        int64             `json:"size"`
	Platform    *platform         `json:"platform,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

type platform struct {
	Architecture string `json:"architecture"`
	OS           string `json:"os"`
}

// process is the part of an image's configuration that says what a container runs.
type process struct {
	Env        []string `json:"Env"`
	Entrypoint []string `json:"Entrypoint,omitempty"`
	Cmd        []string `json:"Cmd,omitempty"`
	User       string   `json:"User,omitempty"`
	WorkingDir string   `json:"WorkingDir"`
}

// blobs are the parts of an archive, each known by its digest.
type blobs struct {
	order  []string
	open   map[string]func() (io.ReadCloser, int64, error)
	layers []descriptor
}

func newBlobs() *blobs {
	return &blobs{open: map[string]func() (io.ReadCloser, int64, error){}}
}

func (b *blobs) addBytes(mediaType string, content []byte) descriptor {
	sum := sha256.Sum256(content)
	return b.add(mediaType, hex.EncodeToString(sum[:]), int64(len(content)), func() (io.ReadCloser, int64, error) {
		return io.NopCloser(bytes.NewReader(content)), int64(len(content)), nil
	})
}

// addFile adds a layer that stays on disk: layers are hundreds of megabytes.
func (b *blobs) addFile(path string) error {
	open := func() (io.ReadCloser, int64, error) {
		file, err := os.Open(path)
		if err != nil {
			return nil, 0, err
		}
		facts, err := file.Stat()
		if err != nil {
			return nil, 0, err
		}
		return file, facts.Size(), nil
	}
	file, size, err := open()
	if err != nil {
		return err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	b.layers = append(b.layers, b.add(mediaLayer, hex.EncodeToString(sum.Sum(nil)), size, open))
	return nil
}

func (b *blobs) add(mediaType, sum string, size int64, open func() (io.ReadCloser, int64, error)) descriptor {
	if _, known := b.open[sum]; !known {
		b.order = append(b.order, sum)
		b.open[sum] = open
	}
	return descriptor{MediaType: mediaType, Digest: "sha256:" + sum, Size: size}
}

// write makes the archive and answers the digest of the image's manifest.
func (b *blobs) write(path, name string, run process) (string, error) {
	here := platform{runtime.GOARCH, "linux"}
	differences := make([]string, len(b.layers))
	for i, layer := range b.layers {
		differences[i] = layer.Digest // the same as of the blob, because layers are not compressed
	}
	config := b.addBytes(mediaConfig, marshal(map[string]any{
		"architecture": here.Architecture, "os": here.OS, "created": noTime, "config": run,
		"rootfs": map[string]any{"type": "layers", "diff_ids": differences},
	}))
	manifest := b.addBytes(mediaManifest, marshal(map[string]any{
		"schemaVersion": 2, "mediaType": mediaManifest, "config": config, "layers": b.layers,
	}))
	manifest.Platform = &here
	_, tag, tagged := strings.Cut(name, ":")
	if !tagged {
		return "", fmt.Errorf("-name %q has no tag", name)
	}
	manifest.Annotations = map[string]string{
		"io.containerd.image.name": name, "org.opencontainers.image.ref.name": tag,
	}
	index := marshal(map[string]any{"schemaVersion": 2, "mediaType": mediaIndex, "manifests": []descriptor{manifest}})
	return manifest.Digest, b.writeTar(path, index)
}

func (b *blobs) writeTar(path string, index []byte) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(file)
	defer func() {
		for _, close := range []func() error{archive.Close, file.Close} {
			if failed := close(); err == nil {
				err = failed
			}
		}
	}()
	layout := []byte(`{"imageLayoutVersion":"1.0.0"}`)
	if err := writeEntry(archive, "oci-layout", bytes.NewReader(layout), int64(len(layout)), 0o644); err != nil {
		return err
	}
	if err := writeEntry(archive, "index.json", bytes.NewReader(index), int64(len(index)), 0o644); err != nil {
		return err
	}
	for _, sum := range b.order {
		content, size, err := b.open[sum]()
		if err != nil {
			return err
		}
		err = writeEntry(archive, "blobs/sha256/"+sum, content, size, 0o644)
		content.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// layerOf makes a layer of single programs, each given as SOURCE:PATH.
func layerOf(files []string) ([]byte, error) {
	var layer bytes.Buffer
	archive := tar.NewWriter(&layer)
	for _, given := range files {
		source, path, two := strings.Cut(given, ":")
		if !two {
			return nil, fmt.Errorf("-file %q is not SOURCE:PATH", given)
		}
		content, err := os.ReadFile(source)
		if err != nil {
			return nil, err
		}
		path = strings.TrimPrefix(path, "/")
		if err := writeEntry(archive, path, bytes.NewReader(content), int64(len(content)), 0o755); err != nil {
			return nil, err
		}
	}
	err := archive.Close()
	return layer.Bytes(), err
}

func writeEntry(archive *tar.Writer, name string, content io.Reader, size, mode int64) error {
	if err := archive.WriteHeader(&tar.Header{Name: name, Size: size, Mode: mode}); err != nil {
		return err
	}
	_, err := io.Copy(archive, content)
	return err
}
