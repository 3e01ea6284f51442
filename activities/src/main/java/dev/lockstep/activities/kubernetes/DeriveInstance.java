package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.plan.Instance;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A new StatefulSet and its Service from one that is there. It has one pod, claims of its own
 * without any content, and nothing that finds the source's pods finds its.
 *
 * <p>What the pods do by themselves is the template's own affair: where a script or a variable
 * names the pod of the source that others follow, a second replica of the instance would follow
 * that one too. So there is one replica, and who adds more changes such names first.
 */
final class DeriveInstance {
  private final StatefulSet source;
  private final Instance instance;
  private final String run;
  private final PodTemplateSpec template;

  DeriveInstance(StatefulSet source, List<Service> services, Instance instance, String run) {
    this.source = source;
    this.instance = instance;
    this.run = run;
    this.template = new OwnLabels(source, services, instance.name()).template();
  }

  /** The new one. */
  StatefulSet statefulSet() {
    return new StatefulSetBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withServiceName(instance.name())
        .withReplicas(1)
        .withPodManagementPolicy(source.getSpec().getPodManagementPolicy())
        .withMinReadySeconds(source.getSpec().getMinReadySeconds())
        .withNewSelector()
        .addToMatchLabels(RunObjects.INSTANCE, instance.name())
        .endSelector()
        .withTemplate(template)
        .withVolumeClaimTemplates(claims())
        .endSpec()
        .build();
  }

  /**
   * Its headless Service.
   *
   * @param like the source's; absent: ports are those of the containers
   */
  Service service(Optional<Service> like) {
    return new ServiceBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withClusterIP("None")
        .withSelector(Map.of(RunObjects.INSTANCE, instance.name()))
        .withPorts(ports(like))
        .withPublishNotReadyAddresses(
            like.map(it -> it.getSpec().getPublishNotReadyAddresses()).orElse(false))
        .endSpec()
        .build();
  }

  /** Why a pod like the source's would work on what is the source's; empty: it would not. */
  List<String> shared() {
    return template.getSpec().getVolumes().stream()
        .filter(volume -> volume.getPersistentVolumeClaim() != null || writesHost(volume))
        .map(
            volume ->
                volume.getHostPath() == null
                    ? "the claim " + volume.getPersistentVolumeClaim().getClaimName()
                    : "the folder " + volume.getHostPath().getPath() + " of its node")
        .toList();
  }

  private boolean writesHost(Volume volume) {
    return volume.getHostPath() != null
        && containers().stream()
            .flatMap(container -> container.getVolumeMounts().stream())
            .anyMatch(
                mount ->
                    mount.getName().equals(volume.getName())
                        && !Boolean.TRUE.equals(mount.getReadOnly()));
  }

  private List<Container> containers() {
    List<Container> containers = new ArrayList<>(template.getSpec().getContainers());
    containers.addAll(template.getSpec().getInitContainers());
    return containers;
  }

  private List<PersistentVolumeClaim> claims() {
    return source.getSpec().getVolumeClaimTemplates().stream().map(this::claim).toList();
  }

  /** The size and kind of a volume, and nothing that fills it. */
  private PersistentVolumeClaim claim(PersistentVolumeClaim like) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName(like.getMetadata().getName())
        .addToLabels(RunObjects.INSTANCE, instance.name())
        .addToAnnotations(RunObjects.RUN, run)
        .endMetadata()
        .withNewSpec()
        .withAccessModes(like.getSpec().getAccessModes())
        .withStorageClassName(like.getSpec().getStorageClassName())
        .withVolumeMode(like.getSpec().getVolumeMode())
        .withResources(like.getSpec().getResources())
        .endSpec()
        .build();
  }

  private List<ServicePort> ports(Optional<Service> like) {
    List<ServicePort> ports = new ArrayList<>();
    like.map(it -> it.getSpec().getPorts()).orElse(List.of()).stream()
        .map(port -> new ServicePortBuilder(port).withNodePort(null).build())
        .forEach(ports::add);
    if (ports.isEmpty()) {
      TreeMap<Integer, ServicePort> byNumber = new TreeMap<>();
      template.getSpec().getContainers().stream()
          .flatMap(container -> container.getPorts().stream())
          .forEach(
              port ->
                  byNumber.put(
                      port.getContainerPort(),
                      new ServicePortBuilder()
                          .withName("port-" + port.getContainerPort())
                          .withProtocol(port.getProtocol())
                          .withPort(port.getContainerPort())
                          .build()));
      ports.addAll(byNumber.values());
    }
    return ports;
  }

  private ObjectMeta metadata() {
    return metadata(instance, instance.name(), run);
  }

  /** Of an object that belongs to an instance. */
  static ObjectMeta metadata(Instance instance, String name, String run) {
    return new ObjectMetaBuilder()
        .withNamespace(instance.namespace())
        .withName(name)
        .addToLabels(RunObjects.INSTANCE, instance.name())
        .addToAnnotations(RunObjects.RUN, run)
        .build();
  }
}
