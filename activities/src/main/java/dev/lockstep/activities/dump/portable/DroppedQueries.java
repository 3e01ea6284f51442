package dev.lockstep.activities.dump.portable;

import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a snapshot says of a table, or of columns, that a migration is about to drop. */
record DroppedQueries(Snapshot snapshot, DroppedData data) {
  /** The primary key first; one column at least, none of them an expression or NULL. */
  private static final String KEYS =
      """
      SELECT
        ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(n, place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n
          WHERE k.place <= i.indnkeyatts ORDER BY k.place),
        ARRAY(SELECT format_type(a.atttypid, a.atttypmod)
          FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(n, place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n
          WHERE k.place <= i.indnkeyatts ORDER BY k.place)
      FROM pg_index i WHERE i.indrelid = CAST(:table AS regclass)
        AND i.indisunique AND i.indisvalid AND i.indimmediate
        AND i.indpred IS NULL AND i.indexprs IS NULL
        AND NOT EXISTS (SELECT FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(n, place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n
          WHERE k.place <= i.indnkeyatts AND NOT a.attnotnull)
      ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
      """;

  private static final String COLUMNS =
      """
      SELECT a.attname::text, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
      WHERE a.attrelid = CAST(:table AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
        AND (a.attgenerated = '' OR NOT :stored) ORDER BY a.attnum
      """;

  /** Those that are dropped with the table: of serial columns ({@code a}) and identities. */
  private static final String SEQUENCES =
      """
      SELECT s.oid::regclass::text FROM pg_depend d
      JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
      WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
        AND d.refobjid = CAST(:table AS regclass) AND d.deptype IN ('a', 'i') ORDER BY 1
      """;

  DroppedDefinition read() {
    return data.whole() ? table() : columns();
  }

  /** Estimate of the bytes that its rows take. */
  long bytes() {
    return snapshot
        .handle()
        .createQuery("SELECT pg_table_size(CAST(:table AS regclass))")
        .bind("table", name())
        .mapTo(Long.class)
        .one();
  }

  private DroppedDefinition columns() {
    Set<String> stored =
        data.columns().stream().map(DroppedData.Column::stored).collect(Collectors.toSet());
    List<KeyColumn> there = live(false);
    Set<String> names = there.stream().map(KeyColumn::name).collect(Collectors.toSet());
    data.columns().stream()
        .filter(column -> !names.contains(column.stored()))
        .findFirst()
        .ifPresent(
            column -> {
              throw Faults.failure(
                  FaultCode.OBJECT_UNEXPECTED,
                  "column %s of %s is not there: it was dropped before it could be kept"
                      .formatted(column.stored(), data.stored()),
                  "");
            });
    Optional<List<KeyColumn>> key = key(stored);
    List<KeyColumn> others =
        there.stream().filter(column -> !stored.contains(column.name())).toList();
    return new DroppedDefinition(
        DroppedDefinition.VERSION,
        data,
        key.orElse(others),
        key.isPresent(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private DroppedDefinition table() {
    String own = Script.encode(data.stored().schema() + "." + data.stored().name());
    List<String> sequences =
        snapshot.handle().createQuery(SEQUENCES).bind("table", name()).mapTo(String.class).list();
    List<String> before =
        snapshot.statements(DefinitionQueries.BEFORE).stream()
            .filter(it -> it.tables().contains(own) || makes(it.sql(), sequences))
            .map(Script.Statement::sql)
            .toList();
    List<Script.Statement> rest =
        snapshot.statements(DefinitionQueries.AFTER).stream()
            .filter(it -> it.tables().indexOf(own) == 0)
            .toList();
    List<String> after = new ArrayList<>();
    rest.stream().filter(it -> it.tables().size() == 1).forEach(it -> after.add(it.sql()));
    sequences.forEach(sequence -> after.add(position(sequence)));
    return new DroppedDefinition(
        DroppedDefinition.VERSION,
        data,
        List.of(),
        false,
        live(true).stream().map(KeyColumn::name).toList(),
        before,
        after,
        rest.stream().filter(it -> it.tables().size() > 1).map(Script.Statement::sql).toList());
  }

  /** A sequence of an identity is made by its column. */
  private static boolean makes(String sql, List<String> sequences) {
    return sequences.stream()
        .anyMatch(
            sequence ->
                sql.startsWith("CREATE SEQUENCE " + sequence + " AS ")
                    || sql.startsWith("CREATE UNLOGGED SEQUENCE " + sequence + " AS "));
  }

  private String position(String sequence) {
    String state =
        snapshot
            .handle()
            .createQuery("SELECT last_value || ', ' || is_called FROM " + sequence)
            .mapTo(String.class)
            .one();
    return "SELECT pg_catalog.setval(" + Quoted.text(sequence) + ", " + state + ")";
  }

  private List<KeyColumn> live(boolean stored) {
    return snapshot
        .handle()
        .createQuery(COLUMNS)
        .bind("table", name())
        .bind("stored", stored)
        .map((row, context) -> new KeyColumn(row.getString(1), row.getString(2)))
        .list();
  }

  private Optional<List<KeyColumn>> key(Set<String> without) {
    return snapshot
        .handle()
        .createQuery(KEYS)
        .bind("table", name())
        .map(
            (row, context) -> {
              String[] names = (String[]) row.getArray(1).getArray();
              String[] types = (String[]) row.getArray(2).getArray();
              List<KeyColumn> key = new ArrayList<>();
              for (int i = 0; i < names.length; i++) {
                key.add(new KeyColumn(names[i], types[i]));
              }
              return List.copyOf(key);
            })
        .stream()
        .filter(key -> key.stream().noneMatch(column -> without.contains(column.name())))
        .findFirst();
  }

  private String name() {
    TableName stored = data.stored();
    return Quoted.name(stored);
  }
}
