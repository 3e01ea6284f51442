package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.plan.Observation.Server;

/** Whether the server is one that Lockstep knows, and lets it keep its ledger. */
record ServerChecks(Checks checks) {
  /** Generated columns, and everything else that plans rely on. */
  private static final int OLDEST = 130000;

  /** Newer ones were not tried. */
  private static final int NEWEST = 189999;

  /** The first two or three digits of a version number are the major version. */
  private static final int MAJOR = 10000;

  void check() {
    Server server = checks.ground().observation().server();
    if (server.version() < OLDEST || server.version() > NEWEST) {
      checks
          .findings()
          .add(
              "spec.database",
              Code.VERSION_UNSUPPORTED,
              "the server is PostgreSQL "
                  + server.version() / MAJOR
                  + " ("
                  + server.version()
                  + "); Lockstep knows 13 to 18");
    }
    if (!server.ledgerUsable() && !server.mayCreateSchema()) {
      String user = checks.ground().dialect().quote(server.user());
      checks
          .findings()
          .add(
              "spec.database",
              Code.PRIVILEGE_MISSING,
              "role "
                  + server.user()
                  + " cannot make the schema lockstep for the ledger: GRANT CREATE ON DATABASE of"
                  + " the target TO "
                  + user
                  + ", or, as an administrator, CREATE SCHEMA lockstep AUTHORIZATION "
                  + user);
    }
  }
}
