package main

import (
	"context"
	"os"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// controller makes and removes volumes and snapshots.
type controller struct {
	csi.UnimplementedControllerServer
	pool pool
}

func (controller) ControllerGetCapabilities(
	context.Context, *csi.ControllerGetCapabilitiesRequest,
) (*csi.ControllerGetCapabilitiesResponse, error) {
	answer := &csi.ControllerGetCapabilitiesResponse{}
	for _, able := range []csi.ControllerServiceCapability_RPC_Type{
		csi.ControllerServiceCapability_RPC_CREATE_DELETE_VOLUME,
		csi.ControllerServiceCapability_RPC_CREATE_DELETE_SNAPSHOT,
		csi.ControllerServiceCapability_RPC_CLONE_VOLUME,
	} {
		rpc := &csi.ControllerServiceCapability_RPC{Type: able}
		answer.Capabilities = append(answer.Capabilities,
			&csi.ControllerServiceCapability{Type: &csi.ControllerServiceCapability_Rpc{Rpc: rpc}})
	}
	return answer, nil
}

func (controller) ValidateVolumeCapabilities(
	_ context.Context, asked *csi.ValidateVolumeCapabilitiesRequest,
) (*csi.ValidateVolumeCapabilitiesResponse, error) {
	confirmed := &csi.ValidateVolumeCapabilitiesResponse_Confirmed{VolumeCapabilities: asked.VolumeCapabilities}
	return &csi.ValidateVolumeCapabilitiesResponse{Confirmed: confirmed}, nil
}

func (c controller) CreateVolume(_ context.Context, asked *csi.CreateVolumeRequest) (*csi.CreateVolumeResponse, error) {
	var err error
	if from := asked.VolumeContentSource.GetSnapshot(); from != nil {
		err = c.pool.copyOf(c.pool.snapshot(from.SnapshotId), asked.Name)
	} else if from := asked.VolumeContentSource.GetVolume(); from != nil {
		err = c.pool.copyOf(c.pool.volume(from.VolumeId), asked.Name)
	} else {
		err = c.pool.create(asked.Name)
	}
	if err != nil {
		return nil, err
	}
	return &csi.CreateVolumeResponse{Volume: &csi.Volume{
		VolumeId:      asked.Name,
		CapacityBytes: asked.GetCapacityRange().GetRequiredBytes(),
		ContentSource: asked.VolumeContentSource,
	}}, nil
}

func (c controller) DeleteVolume(_ context.Context, asked *csi.DeleteVolumeRequest) (*csi.DeleteVolumeResponse, error) {
	return &csi.DeleteVolumeResponse{}, c.pool.remove(c.pool.volume(asked.VolumeId))
}

func (c controller) CreateSnapshot(_ context.Context, asked *csi.CreateSnapshotRequest) (*csi.CreateSnapshotResponse, error) {
	taken, err := c.pool.freeze(asked.SourceVolumeId, asked.Name)
	if err != nil {
		return nil, err
	}
	return &csi.CreateSnapshotResponse{Snapshot: &csi.Snapshot{
		SnapshotId:     asked.Name,
		SourceVolumeId: asked.SourceVolumeId,
		CreationTime:   timestamppb.New(taken),
		ReadyToUse:     true,
	}}, nil
}

func (c controller) DeleteSnapshot(_ context.Context, asked *csi.DeleteSnapshotRequest) (*csi.DeleteSnapshotResponse, error) {
	path := c.pool.snapshot(asked.SnapshotId)
	if err := c.pool.remove(path); err != nil {
		return nil, err
	}
	if err := os.Remove(path + ".time"); err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	return &csi.DeleteSnapshotResponse{}, nil
}
