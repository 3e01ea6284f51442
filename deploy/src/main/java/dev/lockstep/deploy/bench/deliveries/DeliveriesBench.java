package dev.lockstep.deploy.bench.deliveries;

import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Signed deliveries at a fixed rate to a {@code lockstep server}, each written through to its disk
 * before it is answered.
 *
 * <ol>
 *   <li>Others from the moment the server is there, then each delivery once, at the rate.
 *   <li>The server is killed with SIGKILL; one on the same folder is sent all of them again.
 *   <li>Lost is what the second one does not know; twice is what got another run, or a run that no
 *       delivery was told of.
 * </ol>
 */
@Command(
    name = "deliveries",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Sends signed deliveries at a fixed rate, kills the server, sends all again.")
public final class DeliveriesBench implements Callable<Integer> {
  private static final int TRIGGERS = 10;
  private static final int BODY_BYTES = 7_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Deliveries a second; default: ${DEFAULT-VALUE}.")
  int rate = 1_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long; default: ${DEFAULT-VALUE}.")
  int seconds = 30;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Other deliveries before, at the same rate; default: ${DEFAULT-VALUE}.")
  int warmUp = 15;

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "A Temporal service; default: an embedded one. Its runs are terminated after.")
  @Nullable String address;

  private final PrintStream out = System.out;

  /** Runs it; exit status 1 where something was lost or done twice. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DeliveriesBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (rate < 1 || seconds < 1 || warmUp < 0) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "--rate and --seconds are at least 1, --warm-up is at least 0");
    }
    if (address != null) {
      return measure(address);
    }
    try (EmbeddedTemporal temporal = EmbeddedTemporal.start()) {
      return measure(temporal.address());
    }
  }

  private int measure(String temporal) throws Exception {
    Path folder = Files.createTempDirectory("lockstep-deliveries-");
    String name = "bench-" + UUID.randomUUID().toString().substring(0, 8);
    String secret = UUID.randomUUID().toString();
    int count = rate * seconds;
    try (EngineConnection connection = EngineConnection.to(temporal)) {
      Load.Seen cold;
      Load.Seen first;
      long peak;
      try (ServerProgram server =
          ServerProgram.start(folder, temporal, definitions(name), secret)) {
        cold = load(server, secret).run(count, rate * warmUp, rate);
        first = load(server, secret).run(0, count, rate);
        peak = server.peakKib();
        server.kill();
      }
      Load.Seen again;
      try (ServerProgram server =
          ServerProgram.start(folder, temporal, definitions(name), secret)) {
        again = load(server, secret).run(0, count, rate);
      }
      out.printf(
          Locale.ROOT,
          "%d cores, Java %s, %s, bodies of %d bytes, %d triggers%n%n",
          Runtime.getRuntime().availableProcessors(),
          System.getProperty("java.version"),
          address == null ? "embedded Temporal" : "Temporal at " + address,
          BODY_BYTES,
          TRIGGERS);
      out.printf(
          Locale.ROOT,
          "%-30s %9s %9s %9s %9s %9s  %s%n",
          "",
          "per s",
          "p50 ms",
          "p99 ms",
          "max ms",
          "accepted",
          "answers");
      if (warmUp > 0) {
        print("from the start of the server", cold);
      }
      print("each once", first);
      print("again, after SIGKILL", again);
      Verdict verdict = Verdict.of(connection, name, first, again, count);
      out.printf(
          Locale.ROOT,
          "%nlost %d, twice %d, runs %d, peak of the server %d MiB%n",
          verdict.lost(),
          verdict.twice(),
          verdict.runs(),
          peak / 1024);
      return verdict.lost() + verdict.twice() == 0 ? 0 : 1;
    } finally {
      remove(folder);
    }
  }

  private static Load load(ServerProgram server, String secret) {
    return new Load(new Sender(server.address(), secret, BODY_BYTES), TRIGGERS);
  }

  private void print(String what, Load.Seen seen) {
    out.printf(
        Locale.ROOT,
        "%-30s %9.0f %9.1f %9.1f %9.1f %9d  %s%n",
        what,
        seen.nanos().size() / seen.seconds(),
        seen.millis(0.5),
        seen.millis(0.99),
        seen.millis(1),
        seen.accepted(),
        seen.statuses());
  }

  /**
   * What became of the deliveries.
   *
   * @param lost answered with 202 by the first server and not known to the second
   * @param twice told another run by the second, or runs of the service that no delivery was told
   */
  private record Verdict(int lost, int twice, int runs) {
    static Verdict of(
        EngineConnection connection, String name, Load.Seen first, Load.Seen again, int count)
        throws InterruptedException {
      int twice = 0;
      Set<String> told = new HashSet<>(again.runs().values());
      for (Map.Entry<Integer, String> run : first.runs().entrySet()) {
        String later = again.runs().get(run.getKey());
        twice += later != null && !later.equals(run.getValue()) ? 1 : 0;
        told.add(run.getValue());
      }
      int runs = 0;
      for (int trigger = 0; trigger < TRIGGERS; trigger++) {
        var stub = connection.client().newUntypedWorkflowStub("backup/" + name + "-" + trigger);
        String runId = stub.describe().getExecution().getRunId();
        runs += 1;
        twice += told.contains(runId) ? 0 : 1;
        stub.terminate("the bench is over");
      }
      twice += Math.max(0, told.size() - runs);
      return new Verdict(Math.max(0, count - again.duplicates()), twice, told.size());
    }
  }

  private static String definitions(String name) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: lockstep.dev/v1
            kind: Database
            metadata: {name: bench}
            spec:
              engine: postgresql
              connection: {url: "jdbc:postgresql://localhost:1/bench"}
              credentials: {env: {username: NOBODY, password: NOBODY}}
            ---
            apiVersion: lockstep.dev/v1
            kind: Store
            metadata: {name: bench}
            spec: {filesystem: {path: /nowhere}}
            """);
    for (int number = 0; number < TRIGGERS; number++) {
      text.append(
          """
          ---
          apiVersion: lockstep.dev/v1
          kind: Backup
          metadata: {name: %1$s-%2$d}
          spec: {database: bench, store: bench, method: portable}
          ---
          apiVersion: lockstep.dev/v1
          kind: Trigger
          metadata: {name: t%2$d}
          spec:
            run: {kind: Backup, name: %1$s-%2$d}
            auth: {github: {secret: {env: WEBHOOK_SECRET}}}
            when: {event: push, branch: main}
          """
              .formatted(name, number));
    }
    return text.toString();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
