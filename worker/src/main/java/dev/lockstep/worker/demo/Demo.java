package dev.lockstep.worker.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.worker.demo.cluster.SimulatedCluster;
import dev.lockstep.worker.embedded.EmbeddedDatabase;
import dev.lockstep.worker.embedded.Watchdog;
import dev.lockstep.worker.engine.EngineUnreachableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Sets the stage, lets the run happen under traffic, and reports. */
public final class Demo {
  private static final int PODS = 4;
  private static final WorkloadReference WEB =
      new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");
  private static final long QUIET_SECONDS = 3;

  /** The backfill takes at least this long, so that there is a middle to kill the worker in. */
  private static final long BACKFILL_SECONDS = 8;

  private static final long SLOWEST_RATE = 10_000;

  private final DemoSettings settings;
  private final Function<String, ObjectNode> requests;
  private final DemoLog messages;

  /**
   * A demo.
   *
   * @param requests from the text of a definition file to a run's input
   */
  public Demo(DemoSettings settings, Function<String, ObjectNode> requests) {
    this.settings = settings;
    this.requests = requests;
    this.messages = new DemoLog(settings.messages());
  }

  /**
   * What came of it.
   *
   * @param passed whether everything went as it must
   * @param report as {@code report.json} has it
   * @param summary the same for people
   */
  public record Shown(boolean passed, Object report, String summary) {}

  /** Runs it and writes the reports. */
  public Shown run()
      throws IOException, SQLException, InterruptedException, EngineUnreachableException {
    Files.createDirectories(settings.folder());
    Path log = settings.folder().resolve("worker.log");
    try (FileChannel channel =
        FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        throw new IOException(
            "another demo writes to " + settings.folder() + ": give another folder with --report");
      }
      channel.truncate(0);
      return watched(log);
    }
  }

  private Shown watched(Path log)
      throws IOException, SQLException, InterruptedException, EngineUnreachableException {
    Path folder = Files.createTempDirectory("lockstep-demo");
    try (Watchdog watchdog = Watchdog.over(folder)) {
      WorkerFiles files = new WorkerFiles(folder.resolve("kubeconfig.yaml"), log, watchdog);
      if (settings.databaseUrl().isPresent()) {
        return on(DemoDatabases.given(settings.databaseUrl().get(), settings.rows()), files);
      }
      messages.say("starting an embedded PostgreSQL");
      try (EmbeddedDatabase server = EmbeddedDatabase.start(folder.resolve("postgresql"))) {
        return on(DemoDatabases.embedded(server, settings.rows()), files);
      }
    }
  }

  private Shown on(DemoDatabase database, WorkerFiles files)
      throws IOException, SQLException, InterruptedException, EngineUnreachableException {
    // First: it refuses an address with a password in it, which the driver would repeat.
    long rate = Math.max(SLOWEST_RATE, settings.rows() / BACKFILL_SECONDS);
    ObjectNode request = request(database, rate);
    Connection alone = database.claim();
    try {
      messages.say("filling lockstep_demo.customers with " + settings.rows() + " rows");
      database.create();
      try (files) {
        return withTraffic(database, files, request, rate);
      } finally {
        database.remove();
      }
    } finally {
      alone.close();
    }
  }

  private Shown withTraffic(DemoDatabase database, WorkerFiles files, ObjectNode request, long rate)
      throws IOException, SQLException, InterruptedException, EngineUnreachableException {
    List<String> before = database.schema();
    try (Shop shop = new Shop(database);
        SimulatedCluster cluster = SimulatedCluster.start(new ShopPods(shop))) {
      cluster.writeKubeconfig(files.kubeconfig());
      messages.say("starting a simulated cluster with " + PODS + " pods of shop-web:1");
      cluster.create(WEB, PODS, Map.of("web", "shop-web:1"));
      TimeUnit.SECONDS.sleep(QUIET_SECONDS);
      messages.say("starting the run; the backfill is held to " + rate + " rows/s");
      DemoWatch watch = new DemoRun(database, shop.traffic(), messages, files).run(request);
      TimeUnit.SECONDS.sleep(QUIET_SECONDS);
      shop.stopAll();
      messages.say("comparing every row with what the clients wrote");
      DemoReport report = new DemoReports(database, shop, watch, messages).make(before, rate);
      DemoReports.write(report, settings.folder());
      return new Shown(report.passed(), report, DemoSummary.of(report, settings.folder()));
    }
  }

  private ObjectNode request(DemoDatabase database, long rate) throws IOException {
    try (var text = Demo.class.getResourceAsStream("/demo/customer-full-name.yaml")) {
      if (text == null) {
        throw new IOException("the demo's definition is not in the archive");
      }
      String definition = new String(text.readAllBytes(), StandardCharsets.UTF_8);
      return requests.apply(
          definition.replace("${url}", database.url()).replace("${rate}", Long.toString(rate)));
    }
  }
}
