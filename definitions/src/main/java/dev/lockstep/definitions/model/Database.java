package dev.lockstep.definitions.model;

import java.util.List;

/**
 * A target of changes.
 *
 * @param name what migrations call it
 * @param connection where it listens
 * @param credentials where its user name and password are found; never the values themselves
 * @param workloads what runs on it, in no order
 */
public record Database(
    String name,
    Engine engine,
    Connection connection,
    Credentials credentials,
    List<WorkloadReference> workloads)
    implements Definition {
  public Database {
    workloads = List.copyOf(workloads);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.database(this);
  }
}
