package dev.lockstep.deploy.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.deploy.e2e.OftenBackup;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleListDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** The schedules of a test: a folder of definitions, and what the service makes of them. */
final class Calendar {
  private static final Duration LOOK = Duration.ofMillis(500);

  final Path folder;
  final ScheduleClient client;

  private final OftenBackup backup;
  private final Path file;
  private final Terminal terminal;

  Calendar(Path home, RealTemporal service) throws IOException {
    this.terminal = new Terminal(home, service);
    this.folder = Files.createDirectories(home.resolve("definitions"));
    this.backup = new OftenBackup(home);
    this.file = folder.resolve("schedules.yaml");
    this.client =
        ScheduleClient.newInstance(
            service.client().getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(service.namespace())
                .setDataConverter(service.client().getOptions().getDataConverter())
                .build());
  }

  /** What a worker needs to know the definitions. */
  Map<String, String> settings() {
    return Map.of("LOCKSTEP_DEFINITIONS_PATH", folder.toString());
  }

  /** A backup of the database of that change, into a folder of its own. */
  void writeBackup(Change change) throws IOException {
    Files.writeString(folder.resolve("backup.yaml"), backup.text(Files.readString(change.file)));
  }

  /** A drill of it, into a database of its own. */
  Path writeDrill(Change change) throws IOException {
    String scratch = change.shop.server.newDatabase("template1");
    String database =
        Files.readString(change.file)
            .split("(?m)^---$", 2)[0]
            .replace("metadata: {name: shop}", "metadata: {name: scratch}")
            .replace("/" + change.shop.database, "/" + scratch);
    return Files.writeString(
        folder.resolve("drill.yaml"),
        database
            + """
            ---
            apiVersion: lockstep.dev/v1
            kind: Drill
            metadata: {name: shop-proof}
            spec:
              of: shop-often
              into: {database: scratch}
              checks: [{name: has-customers, query: "select count(*) from customers", expect: "> 0"}]
              objectives: {rto: 1h, rpo: 24h}
            """);
  }

  /** A trigger of pushes to main. */
  void writeTrigger(String name, String run, String auth) throws IOException {
    Files.writeString(
        folder.resolve("trigger-" + name + ".yaml"),
        """
        apiVersion: lockstep.dev/v1
        kind: Trigger
        metadata: {name: %s}
        spec:
          run: %s
          auth: %s
          when: {event: push, branch: main}
        """
            .formatted(name, run, auth));
  }

  /** How many of it there are. */
  long backups() throws IOException {
    return backup.count();
  }

  /** The schedules that there are from now on; each the name and the rest of its spec. */
  void write(String... schedules) throws IOException {
    if (schedules.length == 0) {
      Files.delete(file);
      return;
    }
    StringBuilder text = new StringBuilder();
    for (String schedule : schedules) {
      String[] parts = schedule.split(": ", 2);
      text.append("---\napiVersion: lockstep.dev/v1\nkind: Schedule\nmetadata: {name: ")
          .append(parts[0])
          .append("}\nspec: {")
          .append(parts[1])
          .append("}\n");
    }
    Files.writeString(file, text.toString());
  }

  /** What {@code setup} did or would do, such as {@code "CREATE nightly"}. */
  String setup(int exit, String... options) throws IOException, InterruptedException {
    String[] words = new String[options.length + 1];
    words[0] = "setup";
    System.arraycopy(options, 0, words, 1, options.length);
    try (Child child = terminal.start(with(words), settings())) {
      int status = child.exit();
      if (status != exit) {
        throw new AssertionError("exit status " + status + ": " + child.output());
      }
      StringBuilder done = new StringBuilder();
      for (JsonNode change : Terminal.document(child).path("schedules")) {
        done.append(done.isEmpty() ? "" : ", ")
            .append(change.path("action").asText())
            .append(' ')
            .append(change.path("schedule").asText());
      }
      return done.toString();
    }
  }

  private static String[] with(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--output";
    all[words.length + 1] = "json";
    return all;
  }

  /** The row of a schedule, once it is so. */
  JsonNode await(String name, Predicate<JsonNode> wanted) {
    return Awaitility.await()
        .atMost(Change.PATIENCE)
        .pollInterval(LOOK)
        .until(() -> row(name), row -> row.has("schedule") && wanted.test(row));
  }

  private JsonNode row(String name) throws IOException, InterruptedException {
    JsonNode all = terminal.answers(0, "schedules", "list").path("schedules");
    return StreamSupport.stream(all.spliterator(), false)
        .filter(row -> row.path("schedule").asText().equals(name))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /** How many of the runs that a row shows ended so. */
  static long ended(JsonNode row, String state) {
    return StreamSupport.stream(row.path("last").spliterator(), false)
        .filter(run -> run.path("state").asText().equals(state))
        .count();
  }

  /** Whether the service lists a schedule of that id; it does so after a moment. */
  boolean lists(String id) {
    return client.listSchedules().map(ScheduleListDescription::getScheduleId).anyMatch(id::equals);
  }

  /** Deletes every schedule of the namespace. */
  void clear() {
    client
        .listSchedules()
        .map(ScheduleListDescription::getScheduleId)
        .toList()
        .forEach(id -> client.getHandle(id).delete());
    Awaitility.await().atMost(Change.PATIENCE).until(() -> client.listSchedules().count() == 0);
  }
}
