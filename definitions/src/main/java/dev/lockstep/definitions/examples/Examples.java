package dev.lockstep.definitions.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The examples, in their order. */
public final class Examples {
  private static final String FOLDER = "/examples/";
  private static final List<String> MIGRATIONS =
      List.of(
          "01-add-column.yaml",
          "02-add-filled-column.yaml",
          "03-drop-column.yaml",
          "04-rename-column.yaml",
          "05-alter-column-type.yaml",
          "06-alter-column-nullable.yaml",
          "07-create-index.yaml",
          "08-drop-index.yaml",
          "09-create-table.yaml",
          "10-drop-table.yaml",
          "11-add-check.yaml",
          "12-add-foreign-key.yaml",
          "13-sql.yaml",
          "14-five-steps.yaml",
          "15-steps.yaml",
          "16-steps-with-approval.yaml",
          "17-health.yaml",
          "18-terminate-blockers.yaml",
          "19-old-clients.yaml",
          "20-lookup.yaml",
          "21-partitions.yaml",
          "22-tables-at-once.yaml",
          "23-trial.yaml");
  private static final List<String> COPIES =
      List.of(
          "24-backup.yaml",
          "25-backup-encrypted-s3.yaml",
          "26-backup-mysql.yaml",
          "27-restore.yaml",
          "28-restore-and-switch.yaml",
          "29-drill.yaml",
          "30-drill-into-database.yaml",
          "32-backup-quiesced.yaml",
          "37-point-in-time.yaml",
          "38-backup-kms.yaml",
          "39-backup-mydumper.yaml");
  private static final List<String> GUARDED = List.of("31-restore-point.yaml");

  private static final List<String> SCHEDULES = List.of("33-schedule.yaml");
  private static final List<String> TRIGGERS =
      List.of("34-trigger.yaml", "35-trigger-deploy.yaml", "40-trigger-release.yaml");
  private static final List<String> NOTIFICATIONS = List.of("36-notification.yaml");

  private Examples() {}

  /** Every example. */
  public static List<Example> all() {
    return Stream.of(migrations(), copies(), guarded(), schedules(), triggers(), notifications())
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Example::file))
        .toList();
  }

  /** Those of migrations of the Database {@code shop}. */
  public static List<Example> migrations() {
    return MIGRATIONS.stream().map(Examples::named).toList();
  }

  /** Those of backups, restores and drills. */
  public static List<Example> copies() {
    return COPIES.stream().map(Examples::named).toList();
  }

  /** Those of migrations with a restore point; the place of their store is to be replaced. */
  public static List<Example> guarded() {
    return GUARDED.stream().map(Examples::named).toList();
  }

  /** Those of schedules, which are not run themselves. */
  public static List<Example> schedules() {
    return SCHEDULES.stream().map(Examples::named).toList();
  }

  /** Those of triggers. */
  public static List<Example> triggers() {
    return TRIGGERS.stream().map(Examples::named).toList();
  }

  /** Those of notifications. */
  public static List<Example> notifications() {
    return NOTIFICATIONS.stream().map(Examples::named).toList();
  }

  /**
   * The example of this file name, such as {@code 01-add-column.yaml}.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Example named(String file) {
    return new Example(file, text(file));
  }

  /** SQL for the schema and the rows that the examples change; for an empty database. */
  public static String schemaSql() {
    return text("schema.sql");
  }

  private static String text(String file) {
    try (InputStream stream = Examples.class.getResourceAsStream(FOLDER + file)) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no example " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
