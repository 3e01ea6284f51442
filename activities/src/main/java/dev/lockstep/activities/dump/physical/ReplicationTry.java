package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.postgres.Broken;
import dev.lockstep.activities.dump.postgres.Programs;
import dev.lockstep.activities.dump.postgres.Site;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.util.List;

/** A replication connection from where pg_basebackup will run, which pg_hba.conf has to let in. */
record ReplicationTry(Site site, Programs programs) {
  /**
   * Makes one.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code PRIVILEGE_MISSING} with what the server
   *     answers
   */
  void run(String database) {
    Program psql =
        programs.offline(
            "psql",
            database,
            List.of(
                "--no-psqlrc",
                "--no-password",
                "--dbname=connect_timeout=10 replication=true",
                "--command=IDENTIFY_SYSTEM"));
    try {
      site.place()
          .ask(
              new Program(
                  "a replication connection to " + database,
                  psql.command(),
                  psql.environment(),
                  psql.input(),
                  FaultCode.PRIVILEGE_MISSING));
    } catch (IOException e) {
      throw Broken.failure(e);
    }
  }
}
