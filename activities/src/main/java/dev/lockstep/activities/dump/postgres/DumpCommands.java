package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.plan.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The parts of a dump and the programs that write them. */
final class DumpCommands {
  static final String GLOBALS = "globals.sql";
  static final String SERVER = "server.sql";

  /** A smaller table shares a part: each part reads the whole catalogue once. */
  private static final long OWN_PART_BYTES = 16L << 20;

  private static final int SHARED_PART_TABLES = 100;
  private static final int SHOWN_NAME = 80;

  private final Backup backup;
  private final Programs programs;
  private final String database;
  private final Content content;

  /**
   * What there is to dump.
   *
   * @param snapshot as {@code --snapshot} takes it
   * @param tables with rows of their own, of the selected ones where there is a selection
   * @param chosen every table of the selection; empty: everything
   * @param ledger not dumped
   * @param standby whether rows of unlogged tables cannot be read
   * @param passwords whether they can be read
   */
  record Content(
      String snapshot,
      List<Catalogue.Table> tables,
      List<TableName> chosen,
      List<TableName> ledger,
      boolean standby,
      boolean passwords) {}

  /** One part. */
  record Part(String name, Program program) {}

  DumpCommands(Backup backup, Programs programs, String database, Content content) {
    this.backup = backup;
    this.programs = programs;
    this.database = database;
    this.content = content;
  }

  /** In the order in which they are loaded. */
  List<Part> parts() {
    return switch (backup.dump().scope()) {
      case SERVER -> List.of(new Part(SERVER, all(List.of("--lock-wait-timeout=60s"))));
      case DATABASE -> {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(GLOBALS, all(List.of("--globals-only"))));
        parts.addAll(ofDatabase());
        yield parts;
      }
    };
  }

  private List<Part> ofDatabase() {
    String name = safe(database);
    return switch (backup.dump().format()) {
      case CUSTOM -> List.of(new Part(name + ".dump", dump("custom", chosen(List.of()))));
      case PLAIN -> List.of(new Part(name + ".sql", dump("plain", chosen(List.of()))));
      case DIRECTORY -> sections();
      case PHYSICAL -> throw new IllegalArgumentException("pg_dump does not copy files");
    };
  }

  /** One object a table, and what belongs to no table: sequences' values and large objects. */
  private List<Part> sections() {
    List<Part> parts = new ArrayList<>();
    parts.add(archive("pre-data.dump", chosen(List.of("--section=pre-data"))));
    List<String> rest = new ArrayList<>(List.of("--section=data"));
    content.tables().forEach(it -> rest.add("--exclude-table-data=" + pattern(it)));
    parts.add(archive("sequences-and-large-objects.dump", chosen(rest)));
    List<Catalogue.Table> small = new ArrayList<>();
    for (Catalogue.Table table : content.tables()) {
      if (table.bytes() >= OWN_PART_BYTES) {
        parts.add(rows(parts.size(), List.of(table)));
      } else {
        small.add(table);
      }
    }
    for (int from = 0; from < small.size(); from += SHARED_PART_TABLES) {
      int to = Math.min(small.size(), from + SHARED_PART_TABLES);
      parts.add(rows(parts.size(), small.subList(from, to)));
    }
    parts.add(archive("post-data.dump", chosen(List.of("--section=post-data"))));
    return parts;
  }

  private Part rows(int number, List<Catalogue.Table> tables) {
    TableName first = tables.get(0).name();
    String what =
        tables.size() == 1 ? safe(first.schema() + "." + first.name()) : tables.size() + "-tables";
    List<String> options = new ArrayList<>(List.of("--section=data"));
    tables.forEach(table -> options.add("--table=" + pattern(table)));
    return archive("rows-%04d-%s.dump".formatted(number, what), options);
  }

  private Part archive(String name, List<String> options) {
    return new Part(name, dump("custom", options));
  }

  private static String pattern(Catalogue.Table table) {
    return Catalogue.pattern(table.name());
  }

  private List<String> chosen(List<String> options) {
    List<String> all = new ArrayList<>(options);
    content.chosen().forEach(table -> all.add("--table=" + Catalogue.pattern(table)));
    content.ledger().forEach(table -> all.add("--exclude-table=" + Catalogue.pattern(table)));
    all.add("--exclude-schema=" + Catalogue.CLAIM_SCHEMA);
    return all;
  }

  private Program dump(String format, List<String> options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--format=" + format,
                "--compress=0",
                "--snapshot=" + content.snapshot(),
                "--lock-wait-timeout=60s"));
    if (content.standby()) {
      all.add("--no-unlogged-table-data");
    }
    all.addAll(options);
    return programs.program("pg_dump", database, all);
  }

  private Program all(List<String> options) {
    List<String> all = new ArrayList<>(options);
    if (!database.isEmpty()) {
      all.add("--database=" + database);
    }
    if (!content.passwords()) {
      all.add("--no-role-passwords");
    }
    return programs.program("pg_dumpall", database, all);
  }

  /** A file name; what is unique in the dump is told by a number where names may collide. */
  private static String safe(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.-]", "_");
    return plain.substring(0, Math.min(plain.length(), SHOWN_NAME));
  }

  /** For the facts: what has to be known to load it. */
  String method() {
    return switch (backup.dump().scope()) {
      case SERVER -> "pg_dumpall";
      case DATABASE -> "pg_dump " + backup.dump().format().name().toLowerCase(Locale.ROOT);
    };
  }
}
