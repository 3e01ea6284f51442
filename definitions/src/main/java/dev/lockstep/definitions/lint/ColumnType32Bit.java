package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TypeSpelling;
import java.util.Set;
import java.util.stream.Stream;

/** Numbers that run out at two thousand million. */
final class ColumnType32Bit implements Rule {
  private static final Set<String> SMALL =
      Set.of("integer", "smallint", "serial", "serial4", "smallserial", "serial2");

  @Override
  public Stream<Hazard> find(Scene scene) {
    return NewColumns.of(scene)
        .filter(c -> SMALL.contains(TypeSpelling.of(c.type())))
        .map(c -> Hazards.COLUMN_TYPE_32BIT.found(c + ", which can overflow"));
  }
}
