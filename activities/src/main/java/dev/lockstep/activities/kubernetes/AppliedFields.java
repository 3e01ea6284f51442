package dev.lockstep.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a Deployment that the field manager {@code lockstep} has applied, by {@code
 * metadata.managedFields}. Server-side apply removes what a manager applied before and does not
 * send again, down to a whole container: so whatever stands here has to be sent each time.
 *
 * @param annotations names of those with the prefix of our notes
 * @param containers every container of which we own at least the place in the list
 * @param imageOwned those of them whose image is ours
 * @param foreign paths that Lockstep never applies: somebody else uses our name
 */
record AppliedFields(
    SortedSet<String> annotations,
    SortedSet<String> containers,
    SortedSet<String> imageOwned,
    SortedSet<String> foreign) {
  /** The name under which Lockstep owns fields. */
  static final String MANAGER = "lockstep";

  private static final String NOTE = "f:metadata/f:annotations/f:";
  private static final Pattern CONTAINER =
      Pattern.compile(
          "f:spec/f:template/f:spec/f:containers/k:\\{\"name\":\"([^\"]+)\"\\}/(\\.|f:name|f:image)");

  /** Reads what is ours. */
  static AppliedFields of(Deployment deployment) {
    AppliedFields fields =
        new AppliedFields(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    deployment.getMetadata().getManagedFields().stream()
        .filter(e -> MANAGER.equals(e.getManager()) && "Apply".equals(e.getOperation()))
        .filter(e -> e.getSubresource() == null || e.getSubresource().isEmpty())
        .forEach(e -> leaves(e).forEach(fields::take));
    return fields;
  }

  /** The managers that own the image of a container, for people. */
  static List<String> imageOwners(Deployment deployment, String container) {
    String image =
        "f:spec/f:template/f:spec/f:containers/k:{\"name\":\"" + container + "\"}/f:image";
    return deployment.getMetadata().getManagedFields().stream()
        .filter(e -> leaves(e).contains(image))
        .map(ManagedFieldsEntry::getManager)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private void take(String path) {
    Matcher container = CONTAINER.matcher(path);
    if (path.startsWith(NOTE + RolloutNote.PREFIX)) {
      annotations.add(path.substring(NOTE.length()));
    } else if (container.matches()) {
      containers.add(container.group(1));
      if (container.group(2).equals("f:image")) {
        imageOwned.add(container.group(1));
      }
    } else if (!path.equals("f:metadata/f:annotations/.")) {
      foreign.add(path);
    }
  }

  private static List<String> leaves(ManagedFieldsEntry entry) {
    List<String> leaves = new ArrayList<>();
    if (entry.getFieldsV1() != null) {
      collect("", entry.getFieldsV1().getAdditionalProperties(), leaves);
    }
    return leaves;
  }

  private static void collect(String path, Object fields, List<String> leaves) {
    if (fields instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((k, v) -> collect(path.isEmpty() ? k.toString() : path + "/" + k, v, leaves));
    } else {
      leaves.add(path);
    }
  }
}
