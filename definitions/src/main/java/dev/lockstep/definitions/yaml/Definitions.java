package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.check.DefinitionChecks;
import dev.lockstep.definitions.check.Finding;
import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.Trigger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Definitions that were read and checked without a server. Where {@link #problems()} is not empty,
 * none of them may run.
 */
public final class Definitions {
  /** Problems that a misspelt field makes, and that go with its own problem. */
  private static final Set<Problem.Code> ABOUT_ABSENCE =
      EnumSet.of(Problem.Code.UP_MISSING, Problem.Code.CHOICE_WRONG);

  private final List<Document> checked;
  private final List<Problem> problems;

  private Definitions(List<Document> checked, List<Problem> problems) {
    this.checked = List.copyOf(checked);
    this.problems = List.copyOf(problems);
  }

  /** Reads and checks YAML. */
  public static Definitions load(List<Source> sources) {
    Documents documents = new Documents();
    sources.forEach(documents::add);
    return check(documents);
  }

  /**
   * Reads and checks the definitions that a run's input holds.
   *
   * @param request an object with {@code definition}, one document, and the lists {@code
   *     databases}, {@code stores}, {@code backups} and {@code notifications}; all optional, other
   *     fields are not looked at. Paths begin with {@code definition} or such as {@code
   *     databases[0]}.
   */
  public static Definitions loadRequest(JsonNode request) {
    Documents documents = new Documents();
    for (String field : List.of("definition", "databases", "stores", "backups", "notifications")) {
      if (request.hasNonNull(field)) {
        documents.add(request.get(field), field);
      }
    }
    return check(documents);
  }

  private static Definitions check(Documents documents) {
    Reading reading = documents.reading();
    List<Document> readable =
        documents.all().stream().filter(document -> document.definition().isPresent()).toList();
    List<String> broken =
        documents.all().stream()
            .filter(document -> document.definition().isEmpty())
            .flatMap(document -> document.name().stream())
            .toList();
    List<Definition> definitions =
        readable.stream().map(document -> document.definition().orElseThrow()).toList();
    List<Problem> problems = new ArrayList<>(reading.problems());
    for (Finding finding : DefinitionChecks.findings(definitions, broken)) {
      Document document = readable.get(finding.index());
      if (document.clean() || !ABOUT_ABSENCE.contains(finding.problem().code())) {
        problems.add(document.located(finding.problem()));
      }
    }
    return new Definitions(readable, problems);
  }

  /** Every definition whose fields could be read, in the order of the text. */
  public List<Definition> all() {
    return checked.stream().map(document -> document.definition().orElseThrow()).toList();
  }

  /** Every problem: first those of the form, then those between fields and documents. */
  public List<Problem> problems() {
    return problems;
  }

  /** The migration of this name. */
  public Optional<Migration> findMigration(String name) {
    return find(Migration.class, name);
  }

  /** The database of this name. */
  public Optional<Database> findDatabase(String name) {
    return find(Database.class, name);
  }

  /** The store of this name. */
  public Optional<Store> findStore(String name) {
    return find(Store.class, name);
  }

  /** The backup of this name. */
  public Optional<Backup> findBackup(String name) {
    return find(Backup.class, name);
  }

  /** Everything that can be run: migrations, backups, restores and drills, in the text's order. */
  public List<Definition> runnables() {
    return all().stream().filter(definition -> definition.accept(new Runs())).toList();
  }

  /** All schedules, in the order of the text. */
  public List<Schedule> schedules() {
    return all().stream().filter(Schedule.class::isInstance).map(Schedule.class::cast).toList();
  }

  /** All notifications, in the order of the text. */
  public List<Notification> notifications() {
    return all().stream()
        .filter(Notification.class::isInstance)
        .map(Notification.class::cast)
        .toList();
  }

  /** All migrations, in the order of the text. */
  public List<Migration> migrations() {
    return all().stream().filter(Migration.class::isInstance).map(Migration.class::cast).toList();
  }

  /** The definition of this kind and name. */
  public <D extends Definition> Optional<D> find(Class<D> type, String name) {
    return all().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(definition -> definition.name().equals(name))
        .findFirst();
  }

  /**
   * Gives a problem that was found later, such as by the planner, its file and line.
   *
   * @param definition one of {@link #all()}
   * @param problem with a path inside of that definition, such as {@code spec.changes[0]}
   */
  public Problem located(Definition definition, Problem problem) {
    return checked.stream()
        .filter(document -> document.definition().equals(Optional.of(definition)))
        .findFirst()
        .map(document -> document.located(problem))
        .orElse(problem);
  }

  /** Whether there are runs of it. */
  private static final class Runs implements Definition.Visitor<Boolean> {
    @Override
    public Boolean database(Database database) {
      return false;
    }

    @Override
    public Boolean migration(Migration migration) {
      return true;
    }

    @Override
    public Boolean store(Store store) {
      return false;
    }

    @Override
    public Boolean backup(Backup backup) {
      return true;
    }

    @Override
    public Boolean restore(Restore restore) {
      return true;
    }

    @Override
    public Boolean drill(Drill drill) {
      return true;
    }

    @Override
    public Boolean schedule(Schedule schedule) {
      return false;
    }

    @Override
    public Boolean trigger(Trigger trigger) {
      return false;
    }

    @Override
    public Boolean notification(Notification notification) {
      return false;
    }
  }
}
