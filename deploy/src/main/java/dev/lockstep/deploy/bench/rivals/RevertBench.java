package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.LiveLoad;
import dev.lockstep.deploy.bench.report.Machine;
import dev.lockstep.deploy.bench.rivals.VersionRequests.Version;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a revert inside the revert window costs and keeps.
 *
 * <ol>
 *   <li>Clients of both versions write until the run is at its gate; then those of the old one
 *       stop.
 *   <li>Old names are hidden; clients of the new version write for the time of the window.
 *   <li>Everything is taken back, with the new version at work until its column goes.
 *   <li>Every write that the server took is compared with what the old names hold; clients of the
 *       old version work again.
 * </ol>
 */
@Command(
    name = "revert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Hides old names under traffic, takes them back, and compares every write.")
public final class RevertBench implements Callable<Integer> {
  private static final String GATE = "gate/approve-contract";
  private static final String WINDOW = "contract/revert-window";

  /** Every write needs a row of its own. */
  private static final int LEAST_ROWS = 50_000;

  private static final String CLIENTS = "bench-clients";

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of the table, at least 50,000; default: ${DEFAULT-VALUE}.")
  int rows = 500_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "Of clients in the window, and of the old ones before and after it; default:"
              + " ${DEFAULT-VALUE}.")
  int seconds = 20;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "jdbc:postgresql://HOST:PORT/DATABASE?user=…; an embedded server unless given.")
  Optional<String> database = Optional.empty();

  private final PrintStream out = System.out;

  /** Exits with 2 where the command line is wrong, with 1 where a write was lost. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RevertBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (rows < LEAST_ROWS) {
      throw new IllegalArgumentException("--rows " + rows + " is not at least " + LEAST_ROWS);
    }
    try (Workplace place = Workplace.open(database)) {
      Target target = place.copies().makeOnce("revert", rows);
      Machine.lines(place.copies().maintenance()).forEach(out::println);
      try (RevertRun run = new RevertRun(target);
          LockWaits waits = LockWaits.start(target, CLIENTS);
          ExclusiveLock lock = ExclusiveLock.start(target)) {
        return measure(target, run, new Locks(waits, lock)) ? 0 : 1;
      }
    }
  }

  /** Both lookers. */
  private record Locks(LockWaits waits, ExclusiveLock table) {
    /** The longest of each since the last call. */
    Longest take() {
      return new Longest(table.take(), waits.take().clients());
    }
  }

  /** The longest lock of the table and the longest wait of a client for any lock. */
  private record Longest(Duration locked, Duration waited) {}

  private boolean measure(Target target, RevertRun run, Locks locks) throws InterruptedException {
    VersionRequests old = new VersionRequests(Version.OLD, rows, 1);
    VersionRequests fresh = new VersionRequests(Version.NEW, rows, rows / 2L);
    line(
        "%n%-32s %9s %7s %9s %9s %9s%n",
        "clients", "requests", "failed", "p50 ms", "p99 ms", "max ms");
    run.awaitAt(GATE);
    try (LiveLoad clients = load(target, fresh)) {
      work(target, old, "old version, at the gate");
      row("new version, at the gate", clients.take());
      int before = fresh.written().size();
      locks.take();
      run.approve();
      run.awaitAt(WINDOW);
      Longest hide = locks.take();
      TimeUnit.SECONDS.sleep(seconds);
      row("new version, hide and window", clients.take());
      int window = fresh.written().size() - before;
      locks.take();
      long began = System.nanoTime();
      run.revert();
      Duration whole = Duration.ofNanos(System.nanoTime() - began);
      Longest revert = locks.take();
      row("new version, during the revert", clients.take());
      clients.close();
      long lost = lost(target, old, fresh);
      work(
          target,
          new VersionRequests(Version.OLD, rows, rows / 4L),
          "old version, after the revert");
      line("%n%-32s %12s %18s%n", "longest, ms", "table locked", "wait of a client");
      row("hide", hide);
      row("revert", revert);
      line("%n%,d rows; revert from the wish to its end: %d ms%n", rows, whole.toMillis());
      line(
          "%,d writes of the new version in the window; %,d writes compared, %d lost%n",
          window, old.written().size() + fresh.written().size(), lost);
      return lost == 0;
    }
  }

  private void work(Target target, VersionRequests requests, String who)
      throws InterruptedException {
    try (LiveLoad clients = load(target, requests)) {
      TimeUnit.SECONDS.sleep(seconds);
      row(who, clients.take());
    }
  }

  private static LiveLoad load(Target target, VersionRequests requests) {
    return LiveLoad.start(target.sessions(CLIENTS), requests);
  }

  /** Writes that the server took and that the old names do not show. */
  private static long lost(Target target, VersionRequests old, VersionRequests fresh) {
    Map<Long, String> there = new HashMap<>();
    target
        .sessions("bench")
        .useHandle(
            handle ->
                handle
                    .createQuery("SELECT id, first_name || ' ' || last_name FROM " + Target.TABLE)
                    .setFetchSize(10_000)
                    .map((row, at) -> Map.entry(row.getLong(1), String.valueOf(row.getString(2))))
                    .forEach(row -> there.put(row.getKey(), row.getValue())));
    Map<Long, String> written = new HashMap<>(old.written());
    written.putAll(fresh.written());
    return written.entrySet().stream()
        .filter(write -> !write.getValue().equals(there.get(write.getKey())))
        .count();
  }

  private void row(String what, Longest longest) {
    line("%-32s %12d %18d%n", what, longest.locked().toMillis(), longest.waited().toMillis());
  }

  private void row(String who, LiveLoad.Latencies felt) {
    line(
        "%-32s %9d %7d %9.1f %9.1f %9.1f%n",
        who, felt.requests(), felt.failed(), felt.millis(50), felt.millis(99), felt.millis(100));
    felt.failures().forEach((reason, times) -> line("    %d x %s%n", times, reason));
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }
}
