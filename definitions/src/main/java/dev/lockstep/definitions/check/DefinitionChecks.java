package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be said of definitions without a server. Never throws. */
public final class DefinitionChecks {
  private DefinitionChecks() {}

  /** Every problem, without place. Paths are those of the written form. */
  public static List<Problem> check(List<Definition> definitions) {
    return findings(definitions, List.of()).stream().map(Finding::problem).toList();
  }

  /**
   * Every problem and whose it is, in the order of the definitions.
   *
   * @param unreadable names of definitions that exist but could not be read; a reference to one of
   *     them is not a second problem
   */
  public static List<Finding> findings(List<Definition> definitions, List<String> unreadable) {
    Known known = new Known(definitions, unreadable);
    Set<String> taken = new LinkedHashSet<>();
    List<Finding> findings = new ArrayList<>();
    for (int index = 0; index < definitions.size(); index++) {
      Definition definition = definitions.get(index);
      List<Problem> problems = new ArrayList<>();
      name(definition, taken, problems);
      definition.accept(new Content(known, problems));
      for (Problem problem : problems) {
        findings.add(new Finding(index, problem));
      }
    }
    return findings;
  }

  /** Changes of one migration that contradict each other. */
  public static List<Problem> clashes(Migration migration) {
    List<Problem> problems = new ArrayList<>();
    new Clashes(problems).check(PlacedChange.of(migration));
    return problems;
  }

  private static void name(Definition definition, Set<String> taken, List<Problem> problems) {
    String path = "metadata.name";
    String kind = definition.accept(new KindOf());
    Labels.check(path, definition.name(), problems);
    if (!taken.add(kind + "/" + definition.name())) {
      problems.add(
          Problem.at(
              path,
              Code.NAME_TAKEN,
              "is `" + definition.name() + "`, which another " + kind + " has already"));
    }
  }

  private static final class KindOf implements Definition.Visitor<String> {
    @Override
    public String database(Database database) {
      return "Database";
    }

    @Override
    public String migration(Migration migration) {
      return "Migration";
    }

    @Override
    public String store(Store store) {
      return "Store";
    }

    @Override
    public String backup(Backup backup) {
      return "Backup";
    }

    @Override
    public String restore(Restore restore) {
      return "Restore";
    }

    @Override
    public String drill(Drill drill) {
      return "Drill";
    }

    @Override
    public String schedule(Schedule schedule) {
      return "Schedule";
    }

    @Override
    public String trigger(Trigger trigger) {
      return "Trigger";
    }

    @Override
    public String notification(Notification notification) {
      return "Notification";
    }
  }

  /** Checks the spec. Answers true, which nobody needs. */
  private record Content(Known known, List<Problem> problems)
      implements Definition.Visitor<Boolean> {
    @Override
    public Boolean database(Database database) {
      return new DatabaseChecks(problems).check(database);
    }

    @Override
    public Boolean migration(Migration migration) {
      String path = "spec.database";
      known
          .refer(Database.class, new Reference(path, migration.database(), problems))
          .filter(database -> database.engine() != Engine.POSTGRESQL)
          .ifPresent(database -> problems.add(unsupported(path, database)));
      migration.restorePoint().ifPresent(new RestorePointChecks(migration, known, problems)::check);
      new MigrationChecks(migration, problems).check();
      return true;
    }

    private static Problem unsupported(String path, Database database) {
      return Problem.at(
          path,
          Code.CHANGE_UNSUPPORTED,
          "is `%s`, a Database of %s, which this version backs up and restores; migrations are for"
                  .formatted(database.name(), database.engine().name().toLowerCase(Locale.ROOT))
              + " postgresql");
    }

    @Override
    public Boolean store(Store store) {
      new StoreChecks(problems).check(store);
      return true;
    }

    @Override
    public Boolean backup(Backup backup) {
      new BackupChecks(backup, known, problems).check();
      return true;
    }

    @Override
    public Boolean restore(Restore restore) {
      new RestoreChecks(restore, known, problems).check();
      return true;
    }

    @Override
    public Boolean drill(Drill drill) {
      new DrillChecks(drill, known, problems).check();
      return true;
    }

    @Override
    public Boolean schedule(Schedule schedule) {
      new ScheduleChecks(schedule, known, problems).check();
      return true;
    }

    @Override
    public Boolean trigger(Trigger trigger) {
      new TriggerChecks(known, problems).check(trigger);
      return true;
    }

    @Override
    public Boolean notification(Notification notification) {
      new NotificationChecks(notification, known, problems).check();
      return true;
    }
  }
}
