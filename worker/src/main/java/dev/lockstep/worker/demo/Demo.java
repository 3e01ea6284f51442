package dev.lockstep.worker.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.worker.demo.cluster.SimulatedCluster;
import dev.lockstep.worker.embedded.EmbeddedDatabase;
import dev.lockstep.worker.engine.EngineUnreachableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

  /** Runs it and writes the reports; true where everything went as it must. */
  public boolean run()
      throws IOException, SQLException, InterruptedException, EngineUnreachableException {
    Files.createDirectories(settings.folder());
    if (settings.databaseUrl().isPresent()) {
      return on(DemoDatabases.given(settings.databaseUrl().get(), settings.rows()));
    }
    messages.say("starting an embedded PostgreSQL");
    try (EmbeddedDatabase server =
        EmbeddedDatabase.start(Files.createTempDirectory("lockstep-demo"))) {
      return on(DemoDatabases.embedded(server, settings.rows()));
    }
  }

  private boolean on(DemoDatabase database)
      throws IOException, SQLException, InterruptedException, EngineUnreachableException {
    messages.say("filling lockstep_demo.customers with " + settings.rows() + " rows");
    database.create();
    try {
      return withTraffic(database);
    } finally {
      database.remove();
    }
  }

  private boolean withTraffic(DemoDatabase database)
      throws IOException, SQLException, InterruptedException, EngineUnreachableException {
    List<String> before = database.schema();
    try (Shop shop = new Shop(database);
        SimulatedCluster cluster = SimulatedCluster.start(new ShopPods(shop));
        WorkerFiles files = WorkerFiles.create(cluster, settings.folder().resolve("worker.log"))) {
      messages.say("starting a simulated cluster with " + PODS + " pods of shop-web:1");
      cluster.create(WEB, PODS, Map.of("web", "shop-web:1"));
      TimeUnit.SECONDS.sleep(QUIET_SECONDS);
      long rate = Math.max(SLOWEST_RATE, settings.rows() / BACKFILL_SECONDS);
      messages.say("starting the run; the backfill is held to " + rate + " rows/s");
      DemoWatch watch =
          new DemoRun(database, shop.traffic(), messages, files).run(request(database, rate));
      TimeUnit.SECONDS.sleep(QUIET_SECONDS);
      shop.stopAll();
      messages.say("comparing every row with what the clients wrote");
      DemoReport report = new DemoReports(database, shop, watch, messages).make(before, rate);
      DemoReports.write(report, settings.folder());
      settings.messages().println();
      settings.messages().print(DemoSummary.of(report, settings.folder()));
      return report.passed();
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
