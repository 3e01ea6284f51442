package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import dev.lockstep.definitions.plan.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table, or one partition of it, and the order in which its rows are walked: that of its key,
 * else that of their physical place. A place is a key too: one column {@code ctid} of type {@code
 * tid}.
 */
final class WalkedTable {
  /**
   * Settings of every statement that walks rows. A policy that hides rows from our role makes it
   * fail, instead of passing them over. Pages that it drives out of the server's memory go to the
   * disk 1 MiB at a time: else the system writes all of them at once half a minute later, and the
   * commits of clients wait behind them.
   */
  static final List<String> WALK = List.of("row_security", "off", "backend_flush_after", "1MB");

  /** Settings that leave the planner the key's index, whatever the statistics say. */
  static final List<String> BY_INDEX =
      List.of("enable_seqscan", "off", "jit", "off", "max_parallel_workers_per_gather", "0");

  /**
   * Settings for reading a whole interval of keys: its places are taken from the key's index, and
   * then each page is read once. In the order of the index, the entries of dead versions, one a row
   * after a backfill, make the server go to and fro between two pages for every row.
   *
   * <p>The memory is for places: two for each of 100,000 rows, each in a page of its own, are 16
   * MiB. With less, rows are compared that are not in the interval, to be left out.
   */
  static final List<String> BY_PAGES =
      Stream.concat(
              BY_INDEX.stream(),
              Stream.of("enable_indexscan", "off", "enable_bitmapscan", "on", "work_mem", "32MB"))
          .toList();

  private static final Set<String> WHOLE_NUMBERS = Set.of("smallint", "integer", "bigint");

  private static final KeyColumn PLACE = new KeyColumn("ctid", "tid");

  /** From this server version on the planner reads a range of places without the rest. */
  private static final int RANGES_OF_PLACES = 140_000;

  private final TableName name;
  private final TableName relation;
  private final boolean physical;
  private final boolean placesListed;
  private final List<KeyColumn> columns;
  private final String keyColumns;

  /**
   * A table on one server.
   *
   * @param version as {@code server_version_num}
   */
  WalkedTable(TableName name, RowKey key, int version) {
    this(name, name, key, version);
  }

  private WalkedTable(TableName name, TableName relation, RowKey key, int version) {
    this.name = name;
    this.relation = relation;
    this.physical = key.physical();
    this.placesListed = physical && version < RANGES_OF_PLACES;
    this.columns = physical ? List.of(PLACE) : key.columns();
    this.keyColumns = Sql.list(columnsAs(column -> column).toList());
  }

  /** One partition of a table, with the table's key. */
  static WalkedTable partition(TableName table, TableName partition, RowKey key, int version) {
    return new WalkedTable(table, partition, key, version);
  }

  /** The table as expressions may name it. */
  TableName name() {
    return name;
  }

  /** What holds the rows: the table, or the partition. */
  TableName relation() {
    return relation;
  }

  /** Whether it is one partition of a table. */
  boolean isPartition() {
    return !relation.equals(name);
  }

  boolean physical() {
    return physical;
  }

  /**
   * The name for statements. Expressions may name the table: no other alias, and that one for a
   * partition.
   */
  String reference() {
    return isPartition()
        ? Quoted.name(relation) + " AS " + Quoted.name(name.name())
        : Quoted.name(name);
  }

  /** Whether the key is one whole number. */
  boolean numbered() {
    return columns.size() == 1 && WHOLE_NUMBERS.contains(columns.get(0).type());
  }

  /** The key as a JSON array of texts: see {@link Key#parse}. */
  String keyText() {
    return columnsAs(column -> column + "::text")
        .collect(Collectors.joining(", ", "json_build_array(", ")::text"));
  }

  /** The key's columns for a sub-select. */
  String keyColumns() {
    return keyColumns;
  }

  /** For ORDER BY: columns, not the names that a SELECT gives to its values. */
  String ascending() {
    return keyColumns();
  }

  /** The opposite order. */
  String descending() {
    return Sql.list(columnsAs(column -> column + " DESC").toList());
  }

  /** Only the rows of an interval, as a condition that the key's index can answer. */
  String within(Interval interval) {
    List<String> conditions = new ArrayList<>();
    interval.after().ifPresent(key -> conditions.add(compared(">", key)));
    interval.upTo().ifPresent(key -> conditions.add(compared("<=", key)));
    if (placesListed && interval.upTo().isPresent()) {
      conditions.add(listed(interval.after(), interval.upTo().get()));
    }
    return Sql.conjunction(conditions);
  }

  /** Only these rows, as a condition that the key's index can answer. */
  String among(List<Key> keys) {
    String listed = keys.stream().map(this::typed).collect(Collectors.joining(", "));
    return own() + " IN (" + listed + ")";
  }

  private String own() {
    return columns.size() == 1 ? keyColumns() : "(" + keyColumns() + ")";
  }

  private String typed(Key key) {
    List<String> values = new ArrayList<>();
    for (int at = 0; at < columns.size(); at++) {
      values.add(Quoted.text(key.values().get(at)) + "::" + columns.get(at).type());
    }
    return columns.size() == 1 ? values.get(0) : "(" + Sql.list(values) + ")";
  }

  /** A row for people: {@code customers row id = 42}. */
  String row(Key key) {
    return name + (isPartition() ? ", partition " + relation + "," : "") + " row " + values(key);
  }

  /** A row of the table for people: {@code id = 42}, and in which partition. */
  String place(Key key) {
    return values(key) + (isPartition() ? " in partition " + relation : "");
  }

  /** A key for people: {@code id = 42}. */
  String values(Key key) {
    List<String> values = new ArrayList<>();
    for (int at = 0; at < columns.size(); at++) {
      values.add(columns.get(at).name() + " = " + key.values().get(at));
    }
    return Sql.list(values);
  }

  /** Every place that the pages of an interval can have; a row's line pointer takes 28 bytes. */
  private static String listed(Optional<Key> after, Key upTo) {
    long first = after.map(Places::page).orElse(0L);
    return "ctid = ANY (ARRAY(SELECT ('(' || page || ',' || line || ')')::tid"
        + " FROM generate_series(%s, %s) AS page,".formatted(first, Places.page(upTo))
        + " generate_series(1, current_setting('block_size')::int / 28) AS line))";
  }

  private String compared(String operator, Key key) {
    return own() + " " + operator + " " + typed(key);
  }

  private Stream<String> columnsAs(UnaryOperator<String> form) {
    return columns.stream()
        .map(column -> form.apply(Quoted.name(name.name()) + "." + Quoted.name(column.name())));
  }
}
