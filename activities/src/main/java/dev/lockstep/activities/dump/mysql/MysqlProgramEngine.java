package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;

/**
 * MySQL and MariaDB by the programs that a backup names. What was taken by one is loaded by its
 * own, whatever the definition says by now.
 *
 * @param own by the product's programs
 * @param mydumper by mydumper and myloader
 */
public record MysqlProgramEngine(DumpEngine own, DumpEngine mydumper) implements DumpEngine {
  private DumpEngine of(Backup backup) {
    return backup.dump().program().isPresent() ? mydumper : own;
  }

  @Override
  public DumpFacts inspect(Database database, Backup backup) {
    return of(backup).inspect(database, backup);
  }

  @Override
  public DumpSession dump(Database database, Backup backup, Reporter reporter) {
    return of(backup).dump(database, backup, reporter);
  }

  @Override
  public LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter) {
    return (MydumperEngine.wrote(facts) ? mydumper : own).load(target, backup, facts, reporter);
  }

  @Override
  public Marks marks(Database database) {
    return own.marks(database);
  }
}
