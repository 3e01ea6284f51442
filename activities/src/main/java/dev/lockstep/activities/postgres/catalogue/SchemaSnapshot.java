package dev.lockstep.activities.postgres.catalogue;

import dev.lockstep.activities.postgres.PartitionTree;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Everything about some tables and their partitions that {@code pg_dump --schema-only} would write,
 * and whatever Lockstep made in their schemas, as sorted lines. Two snapshots are equal where the
 * tables are; a column that was added and dropped again leaves no trace in it.
 *
 * @param lines sorted, each beginning with what it is about, such as {@code table public.orders
 *     column 0001 id bigint NOT NULL}; a table that is not there has one line that says so
 */
public record SchemaSnapshot(List<String> lines) {
  /** Begins the lines of a partition that was not asked for by name. */
  static final String PARTITION = "partition ";

  /** How every query of lines names its table. */
  private static final String TABLE_OID = "CAST(:table AS oid)";

  private static final String OF_PARTITIONS =
      """
      WITH RECURSIVE %s
      SELECT 'partition ' || n.nspname || '.' || part.relname || ' ' || lines.line
      FROM tree JOIN pg_class part ON part.oid = tree.oid
      JOIN pg_namespace n ON n.oid = part.relnamespace
      CROSS JOIN LATERAL (%s) AS lines (line)
      WHERE tree.level > 0
      """;

  public SchemaSnapshot {
    lines = lines.stream().distinct().sorted().toList();
  }

  /** From {@link #text()}. */
  public static SchemaSnapshot parse(String text) {
    return new SchemaSnapshot(text.lines().toList());
  }

  /** The lines as one text, as the ledger keeps them. */
  public String text() {
    return String.join("\n", lines);
  }

  /**
   * Reads the tables as the handle's transaction sees them.
   *
   * @param handle in or outside of a transaction; its settings are left as they are
   */
  public static SchemaSnapshot read(Handle handle, Collection<TableName> tables) {
    return handle.inTransaction(transaction -> readIn(transaction, tables));
  }

  /** The path is the transaction's: behind a pooler, the session is also that of others. */
  private static SchemaSnapshot readIn(Handle handle, Collection<TableName> tables) {
    String path = handle.select("SHOW search_path").mapTo(String.class).one();
    // Definitions are then written with schemas, whoever reads them.
    setPath(handle, "");
    List<TableName> partitions =
        tables.stream().distinct().flatMap(table -> partitions(handle, table)).distinct().toList();
    List<String> lines =
        Stream.of(
                tables.stream().distinct().flatMap(table -> table(handle, table)),
                tables.stream().distinct().flatMap(table -> partitionLines(handle, table)),
                Stream.concat(tables.stream(), partitions.stream())
                    .map(TableName::schema)
                    .distinct()
                    .flatMap(schema -> own(handle, schema)))
            .flatMap(part -> part)
            .map(line -> line.strip().replace("\n", "\\n"))
            .toList();
    setPath(handle, path);
    return new SchemaSnapshot(lines);
  }

  private static Stream<TableName> partitions(Handle handle, TableName table) {
    return PartitionTree.find(handle, table).stream()
        .flatMap(List::stream)
        .map(PartitionTree.Partition::name);
  }

  /** One query asks for all partitions: there may be thousands. */
  private static Stream<String> partitionLines(Handle handle, TableName table) {
    String tree = PartitionTree.sql("pg_catalog.to_regclass(:table)");
    return queries()
        .map(query -> OF_PARTITIONS.formatted(tree, query.replace(TABLE_OID, "tree.oid")))
        .flatMap(query -> texts(handle.createQuery(query).bind("table", Quoted.name(table))));
  }

  private static Stream<String> queries() {
    return Stream.concat(TableQueries.ALL.stream(), PartQueries.ALL.stream());
  }

  private static Stream<String> table(Handle handle, TableName table) {
    String prefix = "table " + table.schema() + "." + table.name() + " ";
    Optional<Long> oid =
        handle
            .createQuery(
                """
                SELECT c.oid::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = :schema AND c.relname = :name
                """)
            .bind("schema", table.schema())
            .bind("name", table.name())
            .mapTo(Long.class)
            .findOne();
    return oid.map(found -> lines(handle, found).map(line -> prefix + line))
        .orElseGet(() -> Stream.of(prefix + "absent"));
  }

  private static Stream<String> lines(Handle handle, long table) {
    return queries().flatMap(query -> texts(handle.createQuery(query).bind("table", table)));
  }

  /** What carries a name that Lockstep gives. */
  private static Stream<String> own(Handle handle, String schema) {
    return texts(handle.createQuery(PartQueries.OWN).bind("schema", schema));
  }

  private static Stream<String> texts(Query query) {
    return query.mapTo(String.class).list().stream();
  }

  private static void setPath(Handle handle, String path) {
    handle
        .createQuery("SELECT set_config('search_path', :path, true)")
        .bind("path", path)
        .mapTo(String.class)
        .one();
  }
}
