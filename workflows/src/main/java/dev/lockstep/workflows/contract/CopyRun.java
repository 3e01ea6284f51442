package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.plan.BackupReference;

/**
 * What a run that is no migration is about.
 *
 * @param definition the {@code Backup}, {@code Restore} or {@code Drill}
 * @param copy the backup that is taken or restored
 */
public record CopyRun(Definition definition, BackupReference copy) {
  /** What kind of definition it is. */
  String kind() {
    return definition.getClass().getSimpleName();
  }
}
