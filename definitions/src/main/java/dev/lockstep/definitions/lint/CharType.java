package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TypeSpelling;
import java.util.stream.Stream;

/** Text of fixed length. */
final class CharType implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    return NewColumns.of(scene)
        .filter(c -> TypeSpelling.base(c.type()).equals("character"))
        .map(c -> Hazards.CHAR_TYPE.found(c + ", which is padded with blanks"));
  }
}
