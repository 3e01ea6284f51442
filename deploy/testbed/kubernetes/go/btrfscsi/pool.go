package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// pool is the mounted file system with its two folders of subvolumes. Every act looks first: callers repeat calls whose answer
// was lost.
type pool struct {
	base, program string
}

func openPool(base, program string) (pool, error) {
	p := pool{base, program}
	for _, folder := range []string{p.volume("x"), p.snapshot("x")} {
		if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
			return p, err
		}
	}
	return p, nil
}

// Base: an id is never a way out of the folder.
func (p pool) volume(id string) string { return filepath.Join(p.base, "volumes", filepath.Base(id)) }
func (p pool) snapshot(id string) string {
	return filepath.Join(p.base, "snapshots", filepath.Base(id))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (p pool) btrfs(arguments ...string) error {
	said, err := exec.Command(p.program, arguments...).CombinedOutput()
	if err != nil {
		return status.Errorf(codes.Internal, "btrfs %s: %v: %s", strings.Join(arguments, " "), err, said)
	}
	return nil
}

// create makes an empty volume that any user may write to; fsGroup narrows that.
func (p pool) create(id string) error {
	if exists(p.volume(id)) {
		return nil
	}
	if err := p.btrfs("subvolume", "create", p.volume(id)); err != nil {
		return err
	}
	return os.Chmod(p.volume(id), 0o777)
}

// copyOf makes a volume with the content of another subvolume.
func (p pool) copyOf(source, id string) error {
	if exists(p.volume(id)) {
		return nil
	}
	if !exists(source) {
		return status.Errorf(codes.NotFound, "no %s to copy from", source)
	}
	return p.btrfs("subvolume", "snapshot", source, p.volume(id))
}

// freeze takes a snapshot and answers when; the time is kept beside it, so that a repeated call answers the same.
func (p pool) freeze(volume, id string) (time.Time, error) {
	kept := p.snapshot(id) + ".time"
	if !exists(p.snapshot(id)) {
		if !exists(p.volume(volume)) {
			return time.Time{}, status.Errorf(codes.NotFound, "no volume %s", volume)
		}
		if err := p.btrfs("subvolume", "snapshot", "-r", p.volume(volume), p.snapshot(id)); err != nil {
			return time.Time{}, err
		}
		if err := os.WriteFile(kept, []byte(time.Now().UTC().Format(time.RFC3339Nano)), 0o644); err != nil {
			return time.Time{}, err
		}
	}
	text, err := os.ReadFile(kept)
	if err != nil {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339Nano, string(text))
}

func (p pool) remove(path string) error {
	if !exists(path) {
		return nil
	}
	return p.btrfs("subvolume", "delete", path)
}
