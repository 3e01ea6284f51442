package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TypeSpelling;
import java.util.stream.Stream;

/** A moment that depends on who reads it. */
final class TimestampWithoutZone implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return NewColumns.of(scene)
        .filter(c -> TypeSpelling.base(c.type()).equals("timestamp without time zone"))
        .map(c -> Hazards.TIMESTAMP_WITHOUT_ZONE.found(c + ", which loses the offset"));
  }
}
