package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.WorkloadReference;
import java.util.List;

/** The fields of a database's {@code spec}. */
final class DatabaseTable {
  private DatabaseTable() {}

  /** The spec alone; the name of what it makes is empty. */
  static Shape<Database> spec() {
    ObjectShape.Builder<Database> of = ObjectShape.of("DatabaseSpec", "A target of changes.");
    Field<Database, Engine> engine =
        of.required(
            "engine", WordShape.of(Engine.class).described("The product."), Database::engine);
    Field<Database, ConnectionTable.Written> connection =
        of.required("connection", ConnectionTable.connection(), ConnectionTable.Written::of);
    Field<Database, Credentials> credentials =
        of.defaulting(
            "credentials",
            CredentialsTable.credentials(),
            new Credentials.None(),
            Database::credentials);
    Field<Database, List<WorkloadReference>> workloads =
        of.defaulting(
            "workloads",
            new ListShape<>(WorkloadTable.workload(), "a list of workloads", 0)
                .described("What runs on it."),
            List.of(),
            Database::workloads);
    return of.made(
        in ->
            new Database(
                "",
                in.the(engine),
                in.the(connection).on(in.the(engine)),
                in.the(credentials),
                in.the(workloads)));
  }

  static Database named(String name, Database spec) {
    return new Database(
        name, spec.engine(), spec.connection(), spec.credentials(), spec.workloads());
  }
}
