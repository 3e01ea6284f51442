package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Which;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What restores and drills must keep of where they take from and where they load.
 *
 * @param backup what is restored, where it is known
 */
record TargetChecks(Known known, Optional<Backup> backup, List<Problem> problems) {
  /**
   * The controller of StatefulSets appends a dash and up to ten letters, and the whole is a label.
   */
  static final int LONGEST_STATEFUL_SET = 52;

  /** The path of a unix socket in it ends at 107 bytes. */
  static final int LONGEST_DIRECTORY = 80;

  /** What a server's configuration and a shell take as it is. */
  private static final Pattern DIRECTORY = Pattern.compile("(?:/[A-Za-z0-9_.-]+)+");

  static TargetChecks of(Reference backup, Known known) {
    return new TargetChecks(known, known.refer(Backup.class, backup), backup.problems());
  }

  /** The database that was backed up, where it is known. */
  Optional<Database> source() {
    return backup.flatMap(found -> known.find(Database.class, found.database()));
  }

  void which(String path, Which which) {
    which.accept(new IdCheck(path, problems));
    if (which instanceof Which.At && backup.isPresent() && !physical()) {
      wrong(
          path,
          Code.CHOICE_WRONG,
          "is a moment, which only a backup of format physical can restore; wanted before, the"
              + " newest backup that is as old");
    }
  }

  /** Whether what is restored is known to be the files of a server. */
  boolean physical() {
    return backup.filter(found -> found.dump().physical()).isPresent();
  }

  /** A place that a physical backup does not fit into. */
  void notPhysical(String path) {
    if (physical()) {
      wrong(
          path,
          Code.CHOICE_WRONG,
          "takes what a dump program wrote, and the backup is physical, the files of a server;"
              + " wanted directory");
    }
  }

  /** A folder, which only a physical backup fits into. */
  void directory(String path, String folder) {
    if (backup.isPresent() && !physical()) {
      wrong(
          path,
          Code.CHOICE_WRONG,
          "takes the files of a server, and the backup is not of format physical; wanted a"
              + " database or a new instance");
    }
    if (!DIRECTORY.matcher(folder).matches()
        || folder.length() > LONGEST_DIRECTORY
        || Arrays.asList(folder.split("/")).contains("..")) {
      wrong(
          path + ".path",
          Code.VALUE_WRONG,
          "is `%s`; wanted an absolute path of at most %d letters, digits and / _ . -, without .."
              .formatted(folder, LONGEST_DIRECTORY));
    }
  }

  /**
   * A database that is there: known, of the product that was backed up, and enough for what the
   * backup holds. What a backup of a whole server brings beside the database could not be taken
   * back.
   */
  void existing(String path, String name) {
    Optional<Database> target = known.refer(Database.class, new Reference(path, name, problems));
    Optional<Database> source = source();
    if (physical()) {
      notPhysical(path);
    } else if (backup.filter(it -> it.dump().scope() == Dump.Scope.SERVER).isPresent()) {
      wrong(
          path,
          Code.CHOICE_WRONG,
          "is one database, and the backup is of a whole server; wanted a new instance");
    }
    if (target.isPresent() && source.isPresent()) {
      String there = product(target.get());
      String wanted = product(source.get());
      if (!there.equals(wanted)) {
        wrong(
            path,
            Code.VALUE_WRONG,
            "is `%s`, a Database of %s; the backup is of %s".formatted(name, there, wanted));
      }
    }
  }

  private static String product(Database database) {
    return database.engine().name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is the one that was backed up, by its name or by its address. */
  boolean isSource(String name) {
    boolean sameName = backup.map(Backup::database).filter(name::equals).isPresent();
    Optional<Connection> address = known.find(Database.class, name).map(Database::connection);
    return sameName || (address.isPresent() && address.equals(source().map(Database::connection)));
  }

  /** A new instance like that of the source. */
  void derived(String path) {
    Optional<Connection> url =
        source().map(Database::connection).filter(Connection.Url.class::isInstance);
    if (url.isPresent()) {
      wrong(
          path,
          Code.CHOICE_WRONG,
          "cannot be derived: the database that was backed up is given by a URL; wanted one that"
              + " is given by its Service, or a restore into a database");
    }
  }

  /** The name of a StatefulSet that is made. */
  void freshStatefulSet(String path, String name) {
    Labels.check(path, name, problems);
    if (name.length() > LONGEST_STATEFUL_SET) {
      wrong(
          path,
          Code.VALUE_WRONG,
          "is `%s`, %d letters; wanted at most %d, for the cluster appends to them"
              .formatted(name, name.length(), LONGEST_STATEFUL_SET));
    }
  }

  void wrong(String path, Code code, String message) {
    problems.add(Problem.at(path, code, message));
  }

  /** Answers whether it is sound. */
  private record IdCheck(String path, List<Problem> problems) implements Which.Visitor<Boolean> {
    @Override
    public Boolean newest(Which.Newest which) {
      return true;
    }

    @Override
    public Boolean id(Which.Id which) {
      boolean sound = Names.BACKUP_ID.matcher(which.id()).matches();
      if (!sound) {
        problems.add(
            Problem.at(
                path + ".id",
                Code.VALUE_WRONG,
                "is `" + which.id() + "`; wanted an id such as 20261126T020000Z"));
      }
      return sound;
    }

    @Override
    public Boolean before(Which.Before which) {
      return true;
    }

    @Override
    public Boolean at(Which.At which) {
      return true;
    }
  }
}
