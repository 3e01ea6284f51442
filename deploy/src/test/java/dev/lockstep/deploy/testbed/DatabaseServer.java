package dev.lockstep.deploy.testbed;

import java.util.List;

/**
 * A real database server, and the client programs that belong to it. It outlives the test class;
 * tests make databases of their own in it.
 */
public interface DatabaseServer extends AutoCloseable {
  DatabaseKind kind();

  /** Which server it is. */
  String origin();

  /** As this JVM reaches it. */
  DatabaseKind.Endpoint endpoint();

  /** As its client programs reach it. */
  DatabaseKind.Endpoint endpointOfPrograms();

  /**
   * Runs a client program, such as {@code pgbench}, to its end. The password is in its environment.
   *
   * @param words its name without a folder, and its arguments
   */
  ProgramResult run(List<String> words) throws InterruptedException;

  /**
   * Puts a file where client programs can read it.
   *
   * @param name unique in the test
   * @return its path for them
   */
  String place(String name, String text);

  /** Ends what was started for it. */
  @Override
  void close();

  /** The JDBC URL of one of its databases. */
  default String url(String database) {
    String scheme = kind() == DatabaseKind.POSTGRESQL ? "postgresql" : kind().part();
    return "jdbc:%s://%s:%d/%s".formatted(scheme, endpoint().host(), endpoint().port(), database);
  }

  /**
   * What the kind's own shell prints for a statement.
   *
   * @throws IllegalStateException where the shell ends with an error
   */
  default String answer(String database, String sql) throws InterruptedException {
    ProgramResult result = run(kind().statement(endpointOfPrograms(), database, sql));
    if (result.exit() != 0) {
      throw new IllegalStateException(sql + ": " + result);
    }
    return result.output().strip();
  }
}
