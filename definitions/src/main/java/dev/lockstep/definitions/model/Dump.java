package dev.lockstep.definitions.model;

import java.util.Optional;

/**
 * How a dump program is run.
 *
 * @param chosen the format that was asked for; absent: {@link #formatFor} says which
 * @param scope what it dumps
 * @param pod for {@link Through#EXEC}: where the program runs; absent: a ready pod behind the
 *     Service of the database
 * @param job for {@link Through#JOB}: what runs the program
 */
public record Dump(
    Through through, Optional<Format> chosen, Scope scope, Optional<Pod> pod, Optional<Job> job) {
  /** By a client on the worker, in the product's best format. */
  public static final Dump DEFAULT =
      new Dump(
          Through.CLIENT, Optional.empty(), Scope.DATABASE, Optional.empty(), Optional.empty());

  /** One whose format is chosen. */
  public Dump(Through through, Format format, Scope scope, Optional<Pod> pod, Optional<Job> job) {
    this(through, Optional.of(format), scope, pod, job);
  }

  /**
   * The format in which {@code engine} dumps: the chosen one, or the best that it has for the
   * scope. That is {@link Format#PLAIN} for a whole server and for what is not PostgreSQL.
   */
  public Format formatFor(Engine engine) {
    boolean archives = engine == Engine.POSTGRESQL && scope == Scope.DATABASE;
    return chosen.orElse(archives ? Format.CUSTOM : Format.PLAIN);
  }

  /** The format in which PostgreSQL dumps; for any engine: {@link #formatFor}. */
  public Format format() {
    return formatFor(Engine.POSTGRESQL);
  }

  /** Where the program runs. */
  public enum Through {
    /** In a pod that has it, streamed over the API server. */
    EXEC,
    /** In a Job of an image that has it. */
    JOB,
    /** On the worker. */
    CLIENT
  }

  /** What the program writes. MySQL and MariaDB know {@link #PLAIN} only. */
  public enum Format {
    /** One compressed archive, from which tables can be chosen. */
    CUSTOM,
    /** One object a table, dumped in parallel from one snapshot. */
    DIRECTORY,
    /** SQL. */
    PLAIN
  }

  /** How much of a server. */
  public enum Scope {
    /** The database of the connection; roles apart, where the engine has them. */
    DATABASE,
    /** Every database and role of the server, as SQL. */
    SERVER
  }

  /**
   * Pods that have the program: one that is ready is taken.
   *
   * @param container absent: the first one
   */
  public record Pod(String namespace, String statefulSet, Optional<String> container) {}

  /**
   * A Job.
   *
   * @param image that has the program
   * @param serviceAccount absent: the namespace's default
   */
  public record Job(String namespace, String image, Optional<String> serviceAccount) {}
}
