package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a dump program is run.
 *
 * @param chosen the format that was asked for; absent: {@link #formatFor} says which
 * @param scope what it dumps
 * @param pod for {@link Through#EXEC}: where the program runs; absent: a ready pod behind the
 *     Service of the database
 * @param job for {@link Through#JOB}: what runs the program
 * @param base for {@link Format#PHYSICAL}: how old a base may be that log is still added to;
 *     absent: {@link #DEFAULT_BASE}
 * @param program that is no part of the product; absent: the product's own
 */
public record Dump(
    Through through,
    Optional<Format> chosen,
    Scope scope,
    Optional<Pod> pod,
    Optional<Job> job,
    Optional<Duration> base,
    Optional<Program> program) {
  /** A day of log is replayed in minutes on most servers. */
  public static final Duration DEFAULT_BASE = Duration.ofHours(24);

  /** By a client on the worker, in the product's best format. */
  public static final Dump DEFAULT =
      new Dump(
          Through.CLIENT, Optional.empty(), Scope.DATABASE, Optional.empty(), Optional.empty());

  /** What stands in histories of before there were bases and programs says nothing of them. */
  public Dump {
    base = Objects.requireNonNullElse(base, Optional.empty());
    program = Objects.requireNonNullElse(program, Optional.empty());
  }

  /** One without a base, by the product's own program. */
  public Dump(
      Through through, Optional<Format> chosen, Scope scope, Optional<Pod> pod, Optional<Job> job) {
    this(through, chosen, scope, pod, job, Optional.empty(), Optional.empty());
  }

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

  /** How old a base may be that log is still added to. */
  public Duration baseAge() {
    return base.orElse(DEFAULT_BASE);
  }

  /** Whether it is the files of a server and its log, and not what a program makes of them. */
  public boolean physical() {
    return chosen.equals(Optional.of(Format.PHYSICAL));
  }

  /** The same by another program. */
  public Dump by(Program other) {
    return new Dump(through, chosen, scope, pod, job, base, Optional.of(other));
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

  /** A program that is no part of a product. */
  public enum Program {
    /** mydumper, and myloader for restores: MySQL and MariaDB by several sessions at a time. */
    MYDUMPER
  }

  /** What the program writes. MySQL and MariaDB know {@link #PLAIN} only. */
  public enum Format {
    /** One compressed archive, from which tables can be chosen. */
    CUSTOM,
    /** One object a table, dumped in parallel from one snapshot. */
    DIRECTORY,
    /** SQL. */
    PLAIN,
    /** The files of the server, and its log from then on: any moment can be restored. */
    PHYSICAL
  }

  /** How much of a server. */
  public enum Scope {
    /** The database of the connection; roles apart, where the engine has them. */
    DATABASE,
    /** Every database and role of the server. */
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
