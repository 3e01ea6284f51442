package dev.lockstep.deploy.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TestDatabaseTest {
  @Test
  void aDockerDaemonComesFirst() {
    TestDatabase.Choice choice = choose(true, Optional.of(new Named("the testbed's")));

    assertThat(choice.sentence())
        .isEqualTo("MARIADB: a container, because a Docker daemon answers");
    assertThat(choice.server()).contains(new Named("a container"));
  }

  @Test
  void withoutADaemonTheTestbedServes() {
    TestDatabase.Choice choice = choose(false, Optional.of(new Named("the testbed's")));

    assertThat(choice.sentence())
        .isEqualTo("MARIADB: the testbed's, because no Docker daemon answers");
    assertThat(choice.server()).contains(new Named("the testbed's"));
  }

  @Test
  void withoutEitherTheSentenceSaysWhatToDo() {
    TestDatabase.Choice choice = choose(false, Optional.empty());

    assertThat(choice.sentence())
        .contains("no MARIADB", "no Docker daemon answers", "deploy/testbed/testbed up mariadb");
    assertThat(choice.server()).isEmpty();
  }

  @Test
  void statementsGoThroughTheKindsOwnShell() {
    DatabaseKind.Endpoint server = new DatabaseKind.Endpoint("127.0.0.1", 4711);

    assertThat(DatabaseKind.POSTGRESQL.statement(server, "shop", "select 1"))
        .startsWith("psql")
        .containsSequence("-p", "4711")
        .containsSequence("-d", "shop", "-c", "select 1");
    assertThat(DatabaseKind.MYSQL.statement(server, "shop", "select 1"))
        .startsWith("mysql")
        .containsSequence("-P", "4711")
        .endsWith("-e", "select 1", "shop");
  }

  private static TestDatabase.Choice choose(boolean docker, Optional<DatabaseServer> testbed) {
    return TestDatabase.Choice.of(
        DatabaseKind.MARIADB,
        new TestDatabase.Sources(() -> docker, kind -> new Named("a container"), kind -> testbed));
  }

  /** A server that is only its name. */
  private record Named(String origin) implements DatabaseServer {
    @Override
    public DatabaseKind kind() {
      return DatabaseKind.MARIADB;
    }

    @Override
    public DatabaseKind.Endpoint endpoint() {
      throw new UnsupportedOperationException();
    }

    @Override
    public DatabaseKind.Endpoint endpointOfPrograms() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ProgramResult run(List<String> words) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String place(String name, String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
