package dev.lockstep.activities.dump;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import java.util.List;

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
   * everything.
   *
   * @param chain facts of the newest one that can be restored, after those of all that it needs;
   *     empty: there is none
   */
  default DumpSession follow(
      List<DumpFacts> chain, Database database, Backup backup, Reporter reporter) {
    return dump(database, backup, reporter);
  }

  /** What the server keeps for the next backup, in bytes. */
  default long held(Database database, Backup backup) {
    return 0;
  }

  /** Lets the server keep nothing more: there is no backup that another one could follow. */
  default void forget(Database database, Backup backup) {}

  /**
   * Begins a load.
   *
   * @param facts of the backup
   */
  LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter);

  /** The sentinel row and the emptiness of a database. */
  Marks marks(Database database);
}
