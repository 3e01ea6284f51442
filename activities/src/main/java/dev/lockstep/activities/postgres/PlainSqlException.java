package dev.lockstep.activities.postgres;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/** The server's refusal of a plain statement. Its message does not repeat the statement. */
final class PlainSqlException extends JdbiException {
  PlainSqlException(SQLException refusal) {
    super("the statement was refused", refusal);
  }
}
