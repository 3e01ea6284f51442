package dev.lockstep.deploy.bench.copies;

import dev.lockstep.deploy.bench.Program;
import dev.lockstep.deploy.bench.report.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code pg_dump | zstd | openssl}, and back. Its encryption is not authenticated, and it computes
 * no digest: it does less than a backup has to.
 */
record Pipeline(Databases databases, Path folder) implements Contender {
  private static final int THREADS = 2;

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String about() throws IOException, InterruptedException {
    String versions =
        Program.run(
            List.of("sh", "-c", "pg_dump --version; zstd --version; openssl version"),
            Map.of(),
            folder);
    return "pg_dump -Fc -Z0 | zstd -3 -T2 | openssl aes-256-ctr > file; "
        + String.join(", ", versions.lines().map(String::strip).toList());
  }

  @Override
  public Map<Metric, Double> measure() throws IOException, InterruptedException {
    Path file = folder.resolve("pipeline.enc");
    Map<Metric, Double> measured = new EnumMap<>(Metric.class);
    double backup =
        seconds(
            "pg_dump -Fc -Z0 \"$FROM\" | zstd -q -3 -T%d | openssl enc -aes-256-ctr -pbkdf2 -pass env:KEY > %s && sync %s"
                .formatted(THREADS, file, file));
    measured.put(Metric.BACKUP_SECONDS, backup);
    measured.put(Metric.BACKUP_WHOLE_SECONDS, backup);
    measured.put(Metric.BACKUP_COPY_SECONDS, backup);
    measured.put(Metric.BACKUP_COPY_RATE, databases.rawMebibytes() / backup);
    measured.put(Metric.BACKUP_RATE, databases.rawMebibytes() / backup);
    measured.put(Metric.STORED_MIB, Files.size(file) / 1024.0 / 1024);
    double restore =
        seconds(
            "openssl enc -d -aes-256-ctr -pbkdf2 -pass env:KEY < %s | zstd -q -d | pg_restore --exit-on-error -d \"$INTO\""
                .formatted(file));
    measured.put(Metric.RESTORE_SECONDS, restore);
    measured.put(Metric.RESTORE_WHOLE_SECONDS, restore);
    measured.put(Metric.RESTORE_COPY_SECONDS, restore);
    measured.put(Metric.RESTORE_COPY_RATE, databases.rawMebibytes() / restore);
    measured.put(Metric.RESTORE_RATE, databases.rawMebibytes() / restore);
    Files.delete(file);
    return measured;
  }

  private double seconds(String script) throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put("FROM", databases.programs(databases.from()));
    environment.put("INTO", databases.programs(databases.into()));
    environment.put("KEY", "a key of a bench");
    databases.option("password").ifPresent(password -> environment.put("PGPASSWORD", password));
    long began = System.nanoTime();
    Program.run(List.of("bash", "-o", "pipefail", "-c", script), environment, folder);
    return (System.nanoTime() - began) / 1e9;
  }
}
