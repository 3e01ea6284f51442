package dev.lockstep.activities.restore;

import dev.lockstep.activities.restore.Evidence.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the fields of evidence agree with one another. */
final class EvidenceFields {
  private EvidenceFields() {}

  /** Each with the field that cannot be as it is. */
  static List<String> problems(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    if (evidence.ended().isBefore(evidence.started())) {
      problems.add("ended: it is before started");
    }
    measure("rto", evidence.rto()).ifPresent(problems::add);
    measure("rpo", evidence.rpo()).ifPresent(problems::add);
    verdict(evidence).ifPresent(problems::add);
    return problems;
  }

  private static Optional<String> measure(String name, Measure measure) {
    return Measure.of(measure.measured(), measure.objective()).equals(measure)
        ? Optional.empty()
        : Optional.of(name + ".met: it is not what measured and objective say");
  }

  private static Optional<String> verdict(Evidence evidence) {
    boolean fits =
        switch (evidence.verdict()) {
          case VERIFIED ->
              evidence.fault().isEmpty()
                  && !evidence.rto().isMissed()
                  && !evidence.rpo().isMissed();
          case FAILED ->
              evidence.rto().isMissed()
                  || evidence.rpo().isMissed()
                  || evidence.fault().map(it -> Verdict.of(it.code())).stream()
                      .anyMatch(Verdict.FAILED::equals);
          case COULD_NOT_VERIFY -> true;
        };
    return fits ? Optional.empty() : Optional.of("verdict: it is not what the rest says");
  }
}
