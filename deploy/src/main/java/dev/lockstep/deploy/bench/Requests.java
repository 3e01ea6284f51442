package dev.lockstep.deploy.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;

/** What clients ask. Used by several threads at once. */
public interface Requests {
  /** Sends one request and waits for its answer. */
  void send(Connection connection, Random random) throws SQLException;
}
