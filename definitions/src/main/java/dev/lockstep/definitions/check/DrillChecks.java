package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.DrillPlace;
import java.time.Duration;
import java.util.List;

/** What a drill's spec must keep. */
final class DrillChecks {
  /** Below, an instance is not even ready. */
  static final Duration SHORTEST_TTL = Duration.ofMinutes(1);

  /** A week: what is throw-away does not stay. */
  static final Duration LONGEST_TTL = Duration.ofDays(7);

  private final Drill drill;
  private final TargetChecks targets;
  private final List<Problem> problems;

  DrillChecks(Drill drill, Known known, List<Problem> problems) {
    this.drill = drill;
    this.targets = TargetChecks.of(new Reference("spec.of", drill.backup(), problems), known);
    this.problems = problems;
  }

  void check() {
    targets.which("spec.which", drill.which());
    drill.into().accept(new PlaceChecks());
    new AnswerChecks(problems).check(drill.checks());
    drill.rto().ifPresent(time -> objective("rto", time));
    drill.rpo().ifPresent(age -> objective("rpo", age));
  }

  private void objective(String field, Duration value) {
    new Ranges(problems)
        .check(
            "spec.objectives." + field,
            value,
            BackupChecks.SHORTEST_OBJECTIVE,
            BackupChecks.LONGEST_OBJECTIVE);
  }

  /** Answers true, which nobody needs. */
  private final class PlaceChecks implements DrillPlace.Visitor<Boolean> {
    @Override
    public Boolean scratch(DrillPlace.Scratch place) {
      String path = "spec.into.scratch";
      targets.notPhysical(path);
      Labels.check(path + ".namespace", place.namespace(), problems);
      targets.freshStatefulSet(path + ".like", place.like());
      targets.derived(path);
      new Ranges(problems).check(path + ".ttl", place.ttl(), SHORTEST_TTL, LONGEST_TTL);
      return true;
    }

    @Override
    public Boolean existing(DrillPlace.Existing place) {
      targets.existing("spec.into.database", place.database());
      if (targets.isSource(place.database())) {
        targets.wrong(
            "spec.into.database",
            Code.CHOICE_WRONG,
            "is `%s`, the database that was backed up, and a drill empties its place; wanted"
                    .formatted(place.database())
                + " another");
      }
      return true;
    }

    @Override
    public Boolean directory(DrillPlace.Directory place) {
      targets.directory("spec.into.directory", place.path());
      return true;
    }
  }
}
