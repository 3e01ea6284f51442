package dev.lockstep.activities.dump;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;

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
   * Begins a load.
   *
   * @param facts of the backup
   */
  LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter);

  /** The sentinel row and the emptiness of a database. */
  Marks marks(Database database);
}
