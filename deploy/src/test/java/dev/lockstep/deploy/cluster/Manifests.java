package dev.lockstep.deploy.cluster;

import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lab's numbered manifests, in their order. Lockstep's workers are told to work for a namespace
 * of the Temporal service, so that they see the runs of the lab alone.
 */
final class Manifests {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private final Path folder;
  private final String temporalNamespace;

  Manifests(Path folder, String temporalNamespace) {
    this.folder = folder;
    this.temporalNamespace = temporalNamespace;
  }

  /** Every object. */
  List<HasMetadata> all() {
    List<HasMetadata> objects = new ArrayList<>();
    for (Path file : files()) {
      objects.addAll(read(file));
    }
    objects.forEach(this::complete);
    return objects;
  }

  /** The objects of a kind and name; one, or none. */
  List<HasMetadata> named(String kind, String name) {
    return all().stream()
        .filter(it -> it.getKind().equals(kind) && it.getMetadata().getName().equals(name))
        .toList();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> it.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<HasMetadata> read(Path file) {
    try {
      List<HasMetadata> objects = new ArrayList<>();
      for (String document : Files.readString(file).split("(?m)^---\\s*$")) {
        if (document.lines().anyMatch(line -> line.startsWith("kind:"))) {
          objects.add(YAML.unmarshal(document));
        }
      }
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void complete(HasMetadata object) {
    if (object instanceof Deployment deployment
        && deployment.getMetadata().getName().equals("lockstep")) {
      deployment
          .getSpec()
          .getTemplate()
          .getSpec()
          .getContainers()
          .get(0)
          .getEnv()
          .add(
              new EnvVarBuilder()
                  .withName("TEMPORAL_NAMESPACE")
                  .withValue(temporalNamespace)
                  .build());
    }
  }
}
