package dev.lockstep.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.worker.engine.History;
import dev.lockstep.workflows.api.RunOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schema, data and pods of a real cluster change under real HTTP traffic, and no request fails.
 * Before each run the pods are rolled once as they are: whatever fails then is not of the run.
 */
final class FiveStepsRealIT {
  @RegisterExtension static final LabExtension LAB = new LabExtension();

  private static final long CUSTOMERS = 200_000;

  /** Five million took seven minutes: {@code -Dlockstep.lab.accounts=5000000}. */
  private static final long ACCOUNTS = Long.getLong("lockstep.lab.accounts", 1_200_000);

  private static final Duration PATIENCE = Duration.ofMinutes(9);

  /** Some seconds of traffic. */
  private static final long SOME_REQUESTS = 600;

  @TempDir private Path folder = Path.of("");
  private final TrafficLog log = new TrafficLog("before");

  @Test
  void twoColumnsBecomeOne() throws Exception {
    LAB.database().loadCustomers(CUSTOMERS);
    ExpectedRows rows = new ExpectedRows(CUSTOMERS, ShopTable.CUSTOMERS.initial());

    run("customer-full-name", Definition.fullName("customer-full-name"), ShopTable.CUSTOMERS, rows);

    assertThat(LAB.database().columns("customers")).containsExactly("email", "full_name", "id");
    assertThat(LAB.database().number("SELECT count(*) FROM customers")).isEqualTo(rows.count());
    assertThat(
            LAB.database()
                .pairs(
                    "SELECT id, full_name FROM customers WHERE id > %d".formatted(CUSTOMERS)
                        + " OR full_name <> 'First' || id || ' Last' || id"))
        .isEqualTo(new TreeMap<>(rows.written()));
  }

  @Test
  void aColumnOfALargeTableIsRenamed() throws Exception {
    LAB.database().loadAccounts(ACCOUNTS);
    ExpectedRows rows = new ExpectedRows(ACCOUNTS, ShopTable.ACCOUNTS.initial());

    run("account-handle", Definition.rename("account-handle"), ShopTable.ACCOUNTS, rows);

    assertThat(LAB.database().columns("accounts")).containsExactly("balance", "handle", "id");
    assertThat(LAB.database().number("SELECT count(*) FROM accounts")).isEqualTo(rows.count());
    assertThat(
            LAB.database()
                .pairs(
                    "SELECT id, handle FROM accounts WHERE id > %d OR handle <> 'nick' || id"
                        .formatted(ACCOUNTS)))
        .isEqualTo(new TreeMap<>(rows.written()));
  }

  private void run(String name, String definition, ShopTable table, ExpectedRows rows)
      throws Exception {
    LAB.lab().deployFirstVersion();
    LiveTraffic traffic = LiveTraffic.start(LAB.lab().shop(), table, rows, log);
    Ended ended;
    try (traffic) {
      awaitRequests("before");
      log.enter("rolling restart of version 1");
      LAB.lab().restartAndAwait("web");
      ended = migrate(name, definition);
      log.enter("after");
      awaitRequests("after");
    }
    Map<String, Long> versions = traffic.requests().answersByVersion();
    TrafficReport.note(
        name,
        new TrafficReport.Section(
            log.lines(),
            log.failures(),
            new TreeMap<>(ended.outcome().figures()),
            new TreeMap<>(versions)));
    assertThat(log.failures()).isEmpty();
    assertThat(versions).containsOnlyKeys("1", "2", "3");
    // Of version 1 as it was, of version 1 as it was rolled, of version 2 and of version 3.
    assertThat(traffic.requests().answersByPod()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(LAB.lab().images("web")).containsExactly("localhost/lockstep-web:3");
    ended.history().replay();
  }

  private record Ended(RunOutcome outcome, History history) {}

  private Ended migrate(String name, String definition) throws Exception {
    try (LockstepRun run = LockstepRun.start(LAB.temporal(), folder, name, definition);
        PhaseWatch watch = PhaseWatch.start(run::status, log)) {
      return new Ended(run.succeeded(PATIENCE), run.history());
    }
  }

  private void awaitRequests(String phase) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                log.lines().containsKey(phase)
                    && log.lines().get(phase).requests() >= SOME_REQUESTS);
  }
}
