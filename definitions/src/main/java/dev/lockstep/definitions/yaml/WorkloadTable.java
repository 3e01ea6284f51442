package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Rollout.After;
import dev.lockstep.definitions.model.WorkloadReference;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** The fields of workloads and their rollouts. */
final class WorkloadTable {
  /** A label of DNS, any part of which may be a parameter's. */
  private static final Pattern OPEN_LABEL =
      Pattern.compile(
          "^([a-z0-9]|\\$\\{[a-zA-Z0-9]+})(([-a-z0-9]|\\$\\{[a-zA-Z0-9]+})*([a-z0-9]|\\$\\{[a-zA-Z0-9]+}))?$");

  private WorkloadTable() {}

  static Shape<WorkloadReference> workload() {
    ObjectShape.Builder<WorkloadReference> of =
        ObjectShape.of("Workload", "A workload of the cluster.");
    return workload(
        of, Texts.label("the name of a namespace"), Texts.label("the name of the workload"));
  }

  private static Shape<WorkloadReference> ofRollout() {
    ObjectShape.Builder<WorkloadReference> of =
        ObjectShape.of(
            "RolloutWorkload",
            "A workload of the cluster. In both names, `${name}` is the value of a run's"
                + " parameter.");
    return workload(
        of,
        TextShape.of("the name of a namespace").hinting(OPEN_LABEL),
        TextShape.of("the name of the workload").hinting(OPEN_LABEL));
  }

  private static Shape<WorkloadReference> workload(
      ObjectShape.Builder<WorkloadReference> of, Shape<String> space, Shape<String> text) {
    Field<WorkloadReference, WorkloadReference.Kind> kind =
        of.required(
            "kind", WordShape.ofKinds(WorkloadReference.Kind.class), WorkloadReference::kind);
    Field<WorkloadReference, String> namespace =
        of.required("namespace", space, WorkloadReference::namespace);
    Field<WorkloadReference, String> name = of.required("name", text, WorkloadReference::name);
    return of.made(in -> new WorkloadReference(in.the(kind), in.the(namespace), in.the(name)));
  }

  /** A rollout beside changes, which says after which phase it comes. */
  static Shape<Rollout> rollout() {
    ObjectShape.Builder<Rollout> of =
        ObjectShape.of("Rollout", "New images for a workload, at a point of the migration.");
    Field<Rollout, Optional<After>> after =
        of.required(
            "after",
            new ConvertedShape<>(WordShape.of(After.class), Optional::of, Optional::orElseThrow)
                .described("The phase that must be done before."),
            Rollout::after);
    return fields(of, in -> in.the(after));
  }

  /** A rollout among steps, where its place says when it comes. */
  static Shape<Rollout> step() {
    ObjectShape.Builder<Rollout> of =
        ObjectShape.of("RolloutStep", "New images for a workload, at this place.");
    return fields(of, in -> Optional.empty());
  }

  private static Shape<Rollout> fields(
      ObjectShape.Builder<Rollout> of, java.util.function.Function<Values, Optional<After>> after) {
    Field<Rollout, WorkloadReference> workload =
        of.required("workload", ofRollout(), Rollout::workload);
    Field<Rollout, SortedMap<String, String>> containers =
        of.required("containers", containers(), Rollout::images);
    Field<Rollout, Duration> deadline =
        of.optional(
            "deadline",
            ParsedShape.duration()
                .described("How long until every pod is new and available; left out: 10m."),
            Rollout::deadline);
    return of.made(
        in ->
            new Rollout(after.apply(in), in.the(workload), in.the(containers), in.maybe(deadline)));
  }

  private static Shape<SortedMap<String, String>> containers() {
    ObjectShape.Builder<String> of = ObjectShape.of("Container", "What a container shall run.");
    Field<String, String> image =
        of.required(
            "image",
            TextShape.of("an image reference such as shop-web:2")
                .described("The new image; `${name}` in it is the value of a run's parameter."),
            text -> text);
    return new MapShape<>(
            of.made(in -> in.the(image)), "a map of container names, each with its image")
        .described("The containers that get a new image, by name.");
  }
}
