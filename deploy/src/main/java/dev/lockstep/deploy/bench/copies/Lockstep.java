package dev.lockstep.deploy.bench.copies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.backup.Keysets;
import dev.lockstep.deploy.bench.Program;
import dev.lockstep.deploy.bench.report.Metric;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code lockstep run} of a Backup and of a Restore, encrypted, into a folder. */
final class Lockstep implements Contender {
  private static final String DEFINITIONS =
      """
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: from}
      spec: {engine: postgresql, connection: {url: "%s"}, credentials: {env: {username: BENCH_USER, password: BENCH_PASSWORD}}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: into}
      spec: {engine: postgresql, connection: {url: "%s"}, credentials: {env: {username: BENCH_USER, password: BENCH_PASSWORD}}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Store
      metadata: {name: folder}
      spec: {filesystem: {path: "%s"}, encryption: {key: {env: BENCH_KEY}}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: bench}
      spec: {database: from, store: folder, method: dump}
      ---
      apiVersion: lockstep.dev/v1
      kind: Restore
      metadata: {name: bench}
      spec: {from: {backup: bench}, into: {database: into}}
      """;

  private final Databases databases;
  private final Path folder;
  private final Path store;
  private final String key = Keysets.create();

  Lockstep(Databases databases, Path folder) {
    this.databases = databases;
    this.folder = folder;
    this.store = folder.resolve("store");
  }

  @Override
  public String name() {
    return "lockstep";
  }

  @Override
  public String about() {
    return "lockstep run";
  }

  @Override
  public Map<Metric, Double> measure() throws IOException, InterruptedException {
    Files.createDirectories(store);
    Path file = folder.resolve("bench.yaml");
    Files.writeString(file, DEFINITIONS.formatted(databases.from(), databases.into(), store));
    Map<Metric, Double> measured = new EnumMap<>(Metric.class);
    long began = System.nanoTime();
    JsonNode backup = run(file, "backup/bench");
    backup(measured, backup, (System.nanoTime() - began) / 1e9);
    began = System.nanoTime();
    JsonNode restore = run(file, "restore/bench");
    restore(measured, restore, (System.nanoTime() - began) / 1e9);
    clear();
    return measured;
  }

  private void backup(Map<Metric, Double> measured, JsonNode outcome, double whole) {
    double taken = seconds(outcome, "migrate/take", "durationMillis");
    double copied = seconds(outcome, "migrate/take", "copyMillis");
    double readBack = seconds(outcome, "verify/read-back", "durationMillis");
    measured.put(Metric.BACKUP_WHOLE_SECONDS, whole);
    measured.put(Metric.BACKUP_SECONDS, taken);
    measured.put(Metric.BACKUP_RATE, databases.rawMebibytes() / taken);
    measured.put(Metric.BACKUP_COPY_SECONDS, copied);
    measured.put(Metric.BACKUP_COPY_RATE, databases.rawMebibytes() / copied);
    measured.put(Metric.BACKUP_READ_BACK_SECONDS, readBack);
    measured.put(Metric.BACKUP_REST_SECONDS, whole - taken - readBack);
    measured.put(
        Metric.STORED_MIB, outcome.path("figures").path("storedBytes").asDouble() / 1024 / 1024);
  }

  private void restore(Map<Metric, Double> measured, JsonNode outcome, double whole) {
    double loaded = seconds(outcome, "migrate/load", "durationMillis");
    double copied = seconds(outcome, "migrate/load", "copyMillis");
    double readBefore = seconds(outcome, "prepare/read-back", "durationMillis");
    measured.put(Metric.RESTORE_WHOLE_SECONDS, whole);
    measured.put(Metric.RESTORE_SECONDS, loaded);
    measured.put(Metric.RESTORE_RATE, databases.rawMebibytes() / loaded);
    measured.put(Metric.RESTORE_COPY_SECONDS, copied);
    measured.put(Metric.RESTORE_COPY_RATE, databases.rawMebibytes() / copied);
    measured.put(Metric.RESTORE_READ_BACK_SECONDS, readBefore);
    measured.put(Metric.RESTORE_REST_SECONDS, whole - loaded - readBefore);
  }

  private JsonNode run(Path file, String name) throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put("BENCH_USER", databases.option("user").orElse(System.getProperty("user.name")));
    environment.put("BENCH_PASSWORD", databases.option("password").orElse(""));
    environment.put("BENCH_KEY", key);
    String launcher = System.getProperty("lockstep.launcher", "./lockstep");
    return Wire.mapper()
        .readTree(
            Program.run(
                List.of(launcher, "run", file.toString(), "--name", name, "--output", "json"),
                environment,
                folder));
  }

  private static double seconds(JsonNode outcome, String step, String figure) {
    for (JsonNode report : outcome.path("steps")) {
      if (report.path("id").asText().equals(step)) {
        return report.path("figures").path(figure).asDouble() / 1000;
      }
    }
    throw new IllegalStateException("no step " + step + " in " + outcome);
  }

  private void clear() throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
