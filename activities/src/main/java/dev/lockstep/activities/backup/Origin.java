package dev.lockstep.activities.backup;

import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.plan.BackupReference;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where what is taken comes from.
 *
 * @param sentinel value of the sentinel row; empty: none was written
 * @param dump begins it
 * @param kept present where it is no backup
 */
record Origin(
    Supplier<Optional<String>> sentinel,
    Function<Reporter, DumpSession> dump,
    Optional<Kept> kept) {
  /**
   * A whole database, or some tables of it.
   *
   * @param chain as {@link DumpEngine#follow} takes it
   */
  static Origin of(
      DumpEngine engine, Database database, BackupReference copy, Supplier<List<DumpFacts>> chain) {
    return new Origin(
        () -> engine.marks(database).findSentinel(copy.backup().name(), copy.id()),
        reporter -> engine.follow(chain, database, copy.backup(), reporter),
        Optional.empty());
  }

  /** What a migration is about to drop. */
  static Origin of(Function<Reporter, DumpSession> dump, Kept kept) {
    return new Origin(Optional::empty, dump, Optional.of(kept));
  }
}
