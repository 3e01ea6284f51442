package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Migration;
import java.util.Optional;

/** What planning stands on. */
record Ground(Migration migration, Outline outline, Observation observation, SqlDialect dialect) {
  static Ground of(Migration migration, Observation observation, SqlDialect dialect) {
    return new Ground(migration, Outline.of(migration), observation, dialect);
  }

  Optional<Observation.Table> table(String name) {
    return observation.table(TableName.parse(name));
  }

  Fate fate(TableName table) {
    return Fate.of(this, table);
  }

  /** What the server said of the expression at the path. */
  Optional<Observation.Judgement> judged(String id) {
    return observation.expression(id).filter(j -> j.error().isEmpty());
  }

  /** The expression as the server understood it; as written, where it was not asked. */
  String qualified(String id, String written) {
    return judged(id).map(Observation.Judgement::qualified).orElse(written);
  }
}
