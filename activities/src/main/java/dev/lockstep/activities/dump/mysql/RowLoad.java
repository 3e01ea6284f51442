package dev.lockstep.activities.dump.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into a table, many by one INSERT, which every server allows. Checks that hold for what
 * was dumped are not made again, and zero dates are taken, as the dump programs of these products
 * do it. Neither the bytes of a batch nor the number of its values grows with the table.
 */
final class RowLoad {
  /** Well below the smallest packet that a server takes by default: 16 MiB of MariaDB. */
  private static final int BATCH_BYTES = 1 << 20;

  private static final int BATCH_VALUES = 8_000;

  /** About 32 MiB: what a rollback of the server may have to take back. */
  private static final int BATCHES_A_TRANSACTION = 32;

  private static final List<String> SETTINGS =
      List.of(
          "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
          "SET SESSION foreign_key_checks = 0",
          "SET SESSION unique_checks = 0",
          "SET SESSION time_zone = '+00:00'");

  private final OwnSession session;
  private final RowLines.Head head;
  private final List<ColumnForm> forms;
  private final Runnable check;
  private @Nullable Exception broken;

  /**
   * Of one table.
   *
   * @param check throws where the activity shall stop
   */
  RowLoad(OwnSession session, RowLines.Head head, Runnable check) {
    this.session = session;
    this.head = head;
    this.forms = head.forms();
    this.check = check;
  }

  /** What the content threw; absent: nothing. */
  @Nullable Exception broken() {
    return broken;
  }

  /**
   * Loads all. Where the content breaks off, {@link #broken()} has what it threw.
   *
   * @param content behind the head
   * @return how many rows there were
   */
  long load(InputStream content) throws SQLException {
    session.execute(SETTINGS);
    Connection connection = session.connection();
    connection.setAutoCommit(false);
    RowLines.Reader reader = new RowLines.Reader(head.table(), content);
    long count = 0;
    int batches = 0;
    for (List<List<byte @Nullable []>> batch = batch(reader);
        !batch.isEmpty();
        batch = batch(reader)) {
      check.run();
      insert(connection, batch);
      count += batch.size();
      batches++;
      if (batches % BATCHES_A_TRANSACTION == 0) {
        connection.commit();
      }
    }
    connection.commit();
    return count;
  }

  private List<List<byte @Nullable []>> batch(RowLines.Reader reader) {
    List<List<byte @Nullable []>> rows = new ArrayList<>();
    long bytes = 0;
    while (bytes < BATCH_BYTES && (rows.size() + 1) * forms.size() <= BATCH_VALUES) {
      Optional<List<byte @Nullable []>> row = next(reader);
      if (row.isEmpty()) {
        break;
      }
      rows.add(row.get());
      bytes += row.get().stream().mapToLong(value -> value == null ? 4 : value.length).sum();
    }
    return rows;
  }

  private Optional<List<byte @Nullable []>> next(RowLines.Reader reader) {
    try {
      return reader.next(forms.size());
    } catch (IOException | RuntimeException e) {
      broken = e;
      throw new IllegalStateException("the rows of " + head.table() + " broke off", e);
    }
  }

  private void insert(Connection connection, List<List<byte @Nullable []>> rows)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql(rows.size()))) {
      int place = 1;
      for (List<byte @Nullable []> row : rows) {
        for (int column = 0; column < forms.size(); column++) {
          byte @Nullable [] value = row.get(column);
          if (value == null) {
            statement.setNull(place, Types.VARCHAR);
          } else if (forms.get(column).bytes()) {
            statement.setBytes(place, value);
          } else {
            statement.setString(place, new String(value, StandardCharsets.UTF_8));
          }
          place++;
        }
      }
      statement.executeUpdate();
    }
  }

  private String sql(int rows) {
    String columns = String.join(", ", head.columns().stream().map(Names::quoted).toList());
    String row =
        "(" + String.join(", ", forms.stream().map(ColumnForm::placeholder).toList()) + ")";
    return "INSERT INTO "
        + Names.quoted(head.table())
        + " ("
        + columns
        + ") VALUES "
        + String.join(", ", Collections.nCopies(rows, row));
  }
}
