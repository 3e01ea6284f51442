package dev.lockstep.activities.dump;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One product's way out of a database and back in. Nothing of the pipeline knows a product, and no
 * product knows the pipeline.
 */
public interface DumpEngine {
  /**
   * Looks whether a dump can succeed: program there and not older than the server ({@code
   * CLIENT_UNFIT}), privileges ({@code PRIVILEGE_MISSING}), objects that the method cannot carry
   * ({@code STATEMENT_REFUSED}, naming them). Changes nothing.
   */
  DumpFacts inspect(Database database, Backup backup);

  /**
   * Begins a dump: all its parts show the same moment where the engine can do that.
   *
   * @param reporter asked now and then; its wish to stop ends the dump
   */
  DumpSession dump(Database database, Backup backup, Reporter reporter);

  /**
   * The same where earlier backups are there, on which an engine may build. One that does not takes
   * everything, and asks for none.
   *
   * @param chain reads the facts of the newest one that can be restored, after those of all that it
   *     needs; gives none where there is none
   */
  default DumpSession follow(
      Supplier<List<DumpFacts>> chain, Database database, Backup backup, Reporter reporter) {
    return dump(database, backup, reporter);
  }

  /** What the server keeps for the next backup, in bytes; empty: servers of this kind keep none. */
  default OptionalLong held(Database database, Backup backup) {
    return OptionalLong.empty();
  }

  /**
   * Follows the removal of a backup that was not completed: what the server keeps for a next one is
   * given up where that has none to follow.
   *
   * @param chain as {@link #follow} takes it
   */
  default void discarded(Supplier<List<DumpFacts>> chain, Database database, Backup backup) {}

  /**
   * Begins a load.
   *
   * @param facts of the backup
   */
  LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter);

  /** The sentinel row and the emptiness of a database. */
  Marks marks(Database database);
}
