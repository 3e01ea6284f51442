package dev.lockstep.deploy.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of each kind there is a server with its client programs, or the reason why not. */
final class EveryDatabaseRealIT {
  @Nested
  final class Postgresql {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.of(DatabaseKind.POSTGRESQL);

    @Test
    void keepsRowsAndReportsErrors() throws InterruptedException {
      keepsRows(DATABASE.server(), "select version()", "PostgreSQL");
    }
  }

  @Nested
  final class Mysql {
    @RegisterExtension static final TestDatabase DATABASE = TestDatabase.of(DatabaseKind.MYSQL);

    @Test
    void keepsRowsAndReportsErrors() throws InterruptedException {
      keepsRows(DATABASE.server(), "select @@version_comment", "");
    }
  }

  @Nested
  final class Mariadb {
    @RegisterExtension static final TestDatabase DATABASE = TestDatabase.of(DatabaseKind.MARIADB);

    @Test
    void keepsRowsAndReportsErrors() throws InterruptedException {
      keepsRows(DATABASE.server(), "select version()", "MariaDB");
    }
  }

  private static void keepsRows(DatabaseServer server, String version, String expected)
      throws InterruptedException {
    String first = server.kind().firstDatabase();
    assertThat(server.answer(first, version)).contains(expected);
    server.answer(first, "create database every_database");
    try {
      server.answer("every_database", "create table kept (number integer)");
      server.answer("every_database", "insert into kept values (4711)");
      assertThat(server.answer("every_database", "select number from kept")).isEqualTo("4711");
      assertThatThrownBy(() -> server.answer("every_database", "select number from missing"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("missing");
    } finally {
      server.answer(first, "drop database every_database");
    }
  }
}
