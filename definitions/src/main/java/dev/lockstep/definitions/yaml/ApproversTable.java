package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.ApproverChecks;
import dev.lockstep.definitions.model.Approvers;
import java.time.Duration;
import java.util.List;

/** The fields that say who may pass a gate. */
final class ApproversTable {
  private ApproversTable() {}

  static Shape<Approvers> approvers() {
    ObjectShape.Builder<Approvers> of =
        ObjectShape.of(
            "Approvers",
            "Who may approve the gates of this migration. Without it, any approval passes a gate,"
                + " also one without a name.");
    Field<Approvers, List<String>> names =
        of.defaulting(
            "names",
            new ListShape<>(TextShape.of("a person's name, as approvals give it"), "a list", 0)
                .described("Whose approvals count; without it, those of anybody."),
            List.of(),
            Approvers::names);
    Field<Approvers, Integer> count =
        of.defaulting(
            "count",
            new NumberShape(1, ApproverChecks.MOST_PEOPLE)
                .described("How many different people have to approve each gate."),
            1,
            Approvers::count);
    Field<Approvers, Duration> validFor =
        of.optional(
            "validFor",
            ParsedShape.duration()
                .described(
                    "How long an approval counts while others are still missing or the run is not"
                        + " at its gate yet; without it, to the end of the run."),
            Approvers::validFor);
    return of.notEmpty()
        .made(in -> new Approvers(in.the(names), in.the(count), in.maybe(validFor)));
  }
}
