package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.List;

/** Makes accounts and gives them their rights in a target. */
final class Accountant {
  private final Databases databases;
  private final Database target;

  Accountant(Databases databases, Database target) {
    this.databases = databases;
    this.target = target;
  }

  /**
   * Runs statements.
   *
   * @throws ApplicationFailure {@code LOAD_FAILED} where the server refuses one
   */
  void run(List<String> statements) {
    if (statements.isEmpty()) {
      return;
    }
    try {
      MysqlFaults.translated(
          () -> {
            databases.open(target).useHandle(handle -> statements.forEach(handle::execute));
            return true;
          });
    } catch (ApplicationFailure e) {
      throw FaultCode.SERVER_UNREACHABLE.name().equals(e.getType())
          ? e
          : Faults.failure(
              FaultCode.LOAD_FAILED,
              "accounts or grants are refused: " + e.getOriginalMessage(),
              "");
    }
  }
}
