package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Migration;
import java.util.Optional;

/** What planning stands on. */
record Ground(Migration migration, Outline outline, Observation observation, SqlDialect dialect) {
  static Ground of(Migration migration, Observation observation, SqlDialect dialect) {
    return new Ground(migration, Outline.of(migration), observation, dialect);
  }

  Fate fate(TableName table) {
    return Fate.of(this, table);
  }

  /** What the server said of the expression at the path. */
  Optional<Observation.Judgement> judged(String id) {
    return observation.expression(id).filter(j -> j.error().isEmpty());
  }

  /** The type as {@code format_type} writes it; as written, where the server was not asked. */
  String type(String id, String written) {
    return judged(id).map(Observation.Judgement::type).filter(t -> !t.isBlank()).orElse(written);
  }

  /** The expression as a value that can stand beside values of a column of that type. */
  String value(String id, String written, String type) {
    String expression = qualified(id, written);
    return judged(id)
        .flatMap(j -> TypeSpelling.cast(j.type(), type))
        .map(t -> "CAST((" + expression + ") AS " + t + ")")
        .orElse(expression);
  }

  /** The expression as the server understood it; as written, where it was not asked. */
  String qualified(String id, String written) {
    return judged(id).map(Observation.Judgement::qualified).orElse(written);
  }
}
