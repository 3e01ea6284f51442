package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Restore.Check;
import dev.lockstep.definitions.model.WorkloadReference;
import java.time.Duration;
import java.util.List;

/**
 * What a step of a backup, a restore or a drill does. The database is that of the run: the one that
 * is backed up, or the one that is restored to. Closed like {@link Action}.
 */
public sealed interface BackupStep {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /** Looks whether client, privileges, store and key suffice; changes nothing that stays. */
  record Preflight(BackupReference copy) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.preflight(this);
    }
  }

  /** Writes the sentinel row into the database, which tells one backup from another. */
  record Mark(BackupReference copy) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.mark(this);
    }
  }

  /** Takes the dump, and writes the manifest last. */
  record Take(BackupReference copy) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.take(this);
    }
  }

  /** Removes a backup, complete or not. */
  record Discard(BackupReference copy) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.discard(this);
    }
  }

  /**
   * Reads every object back and compares it with the manifest.
   *
   * @param marks whether the backup counts as verified from then on; where it does not, all is read
   *     that a restore needs beside it
   */
  record ReadBack(BackupReference copy, boolean marks) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.readBack(this);
    }
  }

  /** Removes the backups that no rule of retention keeps. */
  record Prune(BackupReference copy) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.prune(this);
    }
  }

  /** Makes an instance and waits until it is ready. */
  record MakeInstance(Instance instance) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.makeInstance(this);
    }
  }

  /** Removes an instance that a run made, with its claims, or its whole throw-away namespace. */
  record RemoveInstance(Instance instance) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.removeInstance(this);
    }
  }

  /**
   * Loads a backup into the database of the run.
   *
   * @param tables the only ones; empty: everything
   * @param target what the database holds before
   */
  record Load(BackupReference copy, List<String> tables, Target target) implements BackupStep {
    public Load {
      tables = List.copyOf(tables);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.load(this);
    }
  }

  /** What a load finds. */
  enum Target {
    /** Nothing: anything that is there and does not come from this load is a conflict. */
    EMPTY,
    /** What may be replaced. */
    REPLACED
  }

  /** Empties a database into which this run loaded. */
  record Clear(BackupReference copy) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.clear(this);
    }
  }

  /**
   * Gives up the mark by which a load is undone: what was loaded is the database's own from then.
   */
  record Release(BackupReference copy) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.release(this);
    }
  }

  /** Gives up the mark by which an instance is removed: it stays whatever is run again. */
  record KeepInstance(Instance instance) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.keepInstance(this);
    }
  }

  /** Compares the restored sentinel row and counts of rows with the manifest. */
  record Compare(BackupReference copy, List<String> tables) implements BackupStep {
    public Compare {
      tables = List.copyOf(tables);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.compare(this);
    }
  }

  /** Asks the restored database. */
  record Ask(Check check) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ask(this);
    }
  }

  /** Lets a Service lead to the pods of an instance. */
  record SwitchService(String namespace, String service, Instance to) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.switchService(this);
    }
  }

  /** Lets a Service lead to where it led before {@link SwitchService}. */
  record SwitchBack(String namespace, String service) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.switchBack(this);
    }
  }

  /** Scales the old instance to nothing; its claims stay. */
  record StopOld(String namespace, String statefulSet) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.stopOld(this);
    }
  }

  /**
   * Scales a workload to no pod, and notes on it what it had.
   *
   * @param backup name of the definition, which tells its note from that of another one
   * @param limit after which it is given up
   */
  record StopWorkload(String backup, WorkloadReference workload, Duration limit)
      implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.stopWorkload(this);
    }
  }

  /**
   * Keeps in the store what finish is about to drop, and reads it back.
   *
   * @param copy the backup and store of the restore point; the id is that of what is kept
   * @param age how long at least
   */
  record KeepDropped(BackupReference copy, DroppedData data, Duration age) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.keepDropped(this);
    }
  }

  /**
   * Gives a workload the replicas that {@link StopWorkload} noted.
   *
   * @param limit how long its pods are waited for
   */
  record StartWorkload(String backup, WorkloadReference workload, Duration limit)
      implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.startWorkload(this);
    }
  }

  /**
   * Runs a command in a ready pod, which is noted on its StatefulSet before.
   *
   * @param backup name of the definition, which tells its note from that of another one
   * @param limit after which it is given up
   */
  record Freeze(String backup, Dump.Pod pod, List<String> command, Duration limit)
      implements BackupStep {
    public Freeze {
      command = List.copyOf(command);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.freeze(this);
    }
  }

  /** Runs a command in the pod that {@link Freeze} noted. */
  record Thaw(String backup, Dump.Pod pod, List<String> command, Duration limit)
      implements BackupStep {
    public Thaw {
      command = List.copyOf(command);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.thaw(this);
    }
  }

  /**
   * Removes what {@link KeepDropped} kept, complete or not: it was not dropped in the end.
   *
   * @param migration whose finish it was to be
   */
  record DiscardKept(BackupReference copy, String migration) implements BackupStep {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.discardKept(this);
    }
  }

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for the look before. */
    R preflight(Preflight step);

    /** Answers for the sentinel row. */
    R mark(Mark step);

    /** Answers for the dump. */
    R take(Take step);

    /** Answers for a backup's removal. */
    R discard(Discard step);

    /** Answers for reading back. */
    R readBack(ReadBack step);

    /** Answers for retention. */
    R prune(Prune step);

    /** Answers for a new instance. */
    R makeInstance(MakeInstance step);

    /** Answers for an instance's removal. */
    R removeInstance(RemoveInstance step);

    /** Answers for the load. */
    R load(Load step);

    /** Answers for a load's undo. */
    R clear(Clear step);

    /** Answers for a load that stays. */
    R release(Release step);

    /** Answers for an instance that stays. */
    R keepInstance(KeepInstance step);

    /** Answers for the comparison with the manifest. */
    R compare(Compare step);

    /** Answers for a question. */
    R ask(Ask step);

    /** Answers for the switch of a Service. */
    R switchService(SwitchService step);

    /** Answers for the switch back. */
    R switchBack(SwitchBack step);

    /** Answers for the old instance's end. */
    R stopOld(StopOld step);

    /** Answers for a workload that stands still. */
    R stopWorkload(StopWorkload step);

    /** Answers for a workload that goes on. */
    R startWorkload(StartWorkload step);

    /** Answers for what is frozen by a command. */
    R freeze(Freeze step);

    /** Answers for what is thawed by a command. */
    R thaw(Thaw step);

    /** Answers for what is kept of what is dropped. */
    R keepDropped(KeepDropped step);

    /** Answers for what was kept in vain. */
    R discardKept(DiscardKept step);
  }
}
