package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.HazardRules;
import dev.lockstep.definitions.plan.Scene;
import java.util.Arrays;
import java.util.List;

/** Every rule, in the order in which plans show what they find. */
public final class Lint implements HazardRules {
  private static final List<Rule> RULES =
      List.of(
          new SqlBlocks(),
          new CastLoses(),
          new BigBackfill(),
          new NoOldClientPattern(),
          new NullsRefused(),
          new NullsStopRevert(),
          new UniqueOnExisting(),
          new ForeignKeyWithoutIndex(),
          new ResultTypeChanges(),
          new DownMissingForRevert(),
          new BackfillNotUndone(),
          new TriggersPresent(),
          new LookupFollowed(),
          new DependentUnknown(),
          new IndexLater(),
          new NeverAnalysed(),
          new NoKey(),
          new PartitionsLocked(),
          new CharType(),
          new ColumnType32Bit(),
          new TimestampWithoutZone(),
          new VolatileUp(),
          new SelectStar(),
          new UndoLosesRows(),
          new DroppedWithColumn(),
          new SqlNotJudged());

  private Lint() {}

  /** All of them. */
  public static HazardRules rules() {
    return new Lint();
  }

  @Override
  public List<Hazard> find(Scene scene) {
    return RULES.stream().flatMap(r -> r.find(scene)).toList();
  }

  @Override
  public List<String> codes() {
    return Arrays.stream(Hazards.values()).map(Hazards::name).toList();
  }
}
