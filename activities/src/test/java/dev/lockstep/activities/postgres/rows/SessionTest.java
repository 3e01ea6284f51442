package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SessionTest {
  private final RowsFixture fixture = new RowsFixture();
  private Handle handle = fixture.jdbi.open();

  @BeforeEach
  void makeTable() {
    fixture.execute("CREATE TABLE marks (mark integer)");
  }

  @AfterEach
  void close() {
    handle.close();
    fixture.close();
  }

  @Test
  void theStatementsOfATextAreOneTransaction() throws SQLException {
    Session session = Session.over(handle);

    assertThatThrownBy(
            () -> session.rows(Sql.together("INSERT INTO marks VALUES (1)", "SELECT 1 / 0")))
        .hasMessageContaining("division by zero");

    assertThat(session.values("SELECT mark FROM marks")).isEmpty();
  }

  @Test
  void afterARefusalInsideOfATransactionTheConnectionIsUsable() throws SQLException {
    Session session = Session.over(handle);

    assertThatThrownBy(() -> session.rows(Sql.together("BEGIN", "SELECT 1 / 0", "COMMIT")))
        .hasMessageContaining("division by zero");

    assertThat(session.values("SELECT 'usable'")).containsExactly("usable");
  }

  @Test
  void theLastResultIsGivenAsText() throws SQLException {
    Session session = Session.over(handle);

    List<List<String>> rows =
        session.rows(
            Sql.together(
                "SELECT 1", "INSERT INTO marks VALUES (7)", "SELECT mark, NULL FROM marks"));

    assertThat(rows).containsExactly(List.of("7", ""));
  }

  @Test
  void aMessageThatHasArrivedIsCarriedOutWithoutItsClient() throws SQLException {
    Connection connection = handle.getConnection();
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(
            () -> {
              try {
                Session.over(handle)
                    .rows(
                        Sql.together(
                            "BEGIN",
                            "INSERT INTO marks VALUES (1)",
                            "COMMIT",
                            "SELECT pg_sleep(1)",
                            "INSERT INTO marks VALUES (2)"));
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> fixture.count("SELECT count(*) FROM marks") == 1);

    connection.abort(Runnable::run);

    assertThat(sent).failsWithin(30, TimeUnit.SECONDS);
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> fixture.count("SELECT count(*) FROM marks") == 2);
  }
}
