package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Dump.Format;
import dev.lockstep.definitions.model.Dump.Through;
import dev.lockstep.definitions.model.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is said of a dump program. */
record DumpChecks(Dump dump, List<Problem> problems) {
  private static final String POD = "spec.dump.pod";
  private static final String JOB = "spec.dump.job";
  private static final String FORMAT = "spec.dump.format";
  private static final String BASE = "spec.dump.base";
  private static final String SCOPE = "spec.dump.scope";

  /** A base is a copy of the whole server. */
  private static final Duration SHORTEST_BASE = Duration.ofMinutes(1);

  private static final Duration LONGEST_BASE = Duration.ofDays(365);

  /**
   * Checks it.
   *
   * @param database absent: it is not known, so that nothing is said of what depends on it
   */
  void check(Optional<Database> database) {
    pod(database);
    job();
    physical();
    program(database);
    Optional<Format> other = dump.chosen().filter(format -> format != Format.PLAIN);
    if (other.isPresent() && !dump.physical() && dump.scope() == Dump.Scope.SERVER) {
      wrong(
          FORMAT,
          Code.CHOICE_WRONG,
          "stands beside scope server; wanted plain, physical, or it left out");
    }
    database
        .map(Database::engine)
        .filter(engine -> other.isPresent() && engine != Engine.POSTGRESQL)
        .ifPresent(
            engine ->
                wrong(
                    FORMAT,
                    Code.VALUE_WRONG,
                    "is not what %s can write; wanted plain, or it left out"
                        .formatted(engine.name().toLowerCase(Locale.ROOT))));
  }

  private void physical() {
    if (dump.physical() && dump.scope() != Dump.Scope.SERVER) {
      wrong(
          SCOPE,
          Code.CHOICE_WRONG,
          "is database beside format physical, which copies the files of the whole server; wanted"
              + " server");
    }
    if (!dump.physical() && dump.base().isPresent()) {
      wrong(BASE, Code.CHOICE_WRONG, "is given, but only format physical has a base");
    }
    dump.base()
        .ifPresent(age -> new Ranges(problems).check(BASE, age, SHORTEST_BASE, LONGEST_BASE));
  }

  private void program(Optional<Database> database) {
    if (dump.program().isEmpty()) {
      return;
    }
    String name = dump.program().get().name().toLowerCase(Locale.ROOT);
    if (dump.scope() == Dump.Scope.SERVER) {
      wrong(
          SCOPE,
          Code.CHOICE_WRONG,
          "is server beside program %s, which is run for one database; wanted database, or program left out"
              .formatted(name));
    }
    database
        .map(Database::engine)
        .filter(engine -> engine == Engine.POSTGRESQL)
        .ifPresent(
            engine ->
                wrong(
                    "spec.dump.program",
                    Code.VALUE_WRONG,
                    "is %s, which dumps mysql and mariadb, and the database is of postgresql; wanted it left out"
                        .formatted(name)));
  }

  private void pod(Optional<Database> database) {
    boolean exec = dump.through() == Through.EXEC;
    if (!exec && dump.pod().isPresent()) {
      wrong(POD, Code.CHOICE_WRONG, "is given, but only through exec runs in a pod");
    }
    boolean url =
        database.map(Database::connection).filter(Connection.Url.class::isInstance).isPresent();
    if (exec && url && dump.pod().isEmpty()) {
      wrong(
          POD,
          Code.CHOICE_WRONG,
          "is missing: the database is given by a URL, which does not say in which pod it runs");
    }
    dump.pod()
        .ifPresent(
            pod -> {
              Labels.check(POD + ".namespace", pod.namespace(), problems);
              Labels.check(POD + ".statefulSet", pod.statefulSet(), problems);
              pod.container().ifPresent(name -> Labels.check(POD + ".container", name, problems));
            });
  }

  private void job() {
    boolean wanted = dump.through() == Through.JOB;
    if (wanted && dump.job().isEmpty()) {
      wrong(JOB, Code.CHOICE_WRONG, "is missing: through job needs its namespace and image");
    }
    if (!wanted && dump.job().isPresent()) {
      wrong(JOB, Code.CHOICE_WRONG, "is given, but only through job runs one");
    }
    dump.job()
        .ifPresent(
            job -> {
              Labels.check(JOB + ".namespace", job.namespace(), problems);
              job.serviceAccount()
                  .ifPresent(name -> Labels.check(JOB + ".serviceAccount", name, problems));
              if (job.image().isBlank() || job.image().chars().anyMatch(Character::isWhitespace)) {
                wrong(
                    JOB + ".image",
                    Code.VALUE_WRONG,
                    "is `" + job.image() + "`; wanted an image reference such as postgres:16");
              }
            });
  }

  private void wrong(String path, Code code, String message) {
    problems.add(Problem.at(path, code, message));
  }
}
