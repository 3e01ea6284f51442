package dev.lockstep.activities.dump.postgres;

import dev.lockstep.definitions.plan.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What belongs to chosen tables, as far as the parts of a dump have told it by now. An archive's
 * table of contents names indexes, sequences and references without their tables: only the
 * statements do.
 *
 * <ol>
 *   <li>A table brings its partitions, rows, constraints, defaults, indexes, triggers, policies and
 *       the sequences that it owns.
 *   <li>A foreign key comes where the other table is chosen too.
 *   <li>Schemas, types, functions and extensions come all: a table may need any of them.
 *   <li>Views, other tables and large objects do not come.
 * </ol>
 */
final class Selection {
  private static final Pattern INDEX =
      pattern("CREATE (?:UNIQUE )?INDEX (" + SqlName.PART + ") ON (?:ONLY )?" + SqlName.FULL);
  private static final Pattern OWNED =
      pattern("ALTER SEQUENCE " + SqlName.FULL + " OWNED BY " + SqlName.FULL);
  private static final Pattern IDENTITY =
      pattern(
          "ALTER TABLE (?:ONLY )?"
              + SqlName.FULL
              + " ALTER COLUMN .*?SEQUENCE NAME "
              + SqlName.FULL);
  private static final Pattern ATTACHED =
      pattern("ALTER TABLE (?:ONLY )?" + SqlName.FULL + " ATTACH PARTITION " + SqlName.FULL);
  private static final Pattern INDEX_ATTACHED =
      pattern("ALTER INDEX (?:ONLY )?" + SqlName.FULL + " ATTACH PARTITION " + SqlName.FULL);
  private static final Pattern REFERENCE =
      pattern(
          "ALTER TABLE (?:ONLY )?"
              + SqlName.FULL
              + "\\s+ADD CONSTRAINT ("
              + SqlName.PART
              + ") FOREIGN KEY .*? REFERENCES "
              + SqlName.FULL);

  private static final List<String> FOR_ALL =
      List.of(
          "SCHEMA ",
          "EXTENSION ",
          "TYPE ",
          "SHELL TYPE ",
          "DOMAIN ",
          "COLLATION ",
          "FUNCTION ",
          "PROCEDURE ",
          "AGGREGATE ",
          "OPERATOR ",
          "CAST ",
          "TEXT SEARCH ",
          "PROCEDURAL LANGUAGE ");
  private static final List<String> OF_TABLE =
      List.of(
          "TABLE",
          "TABLE DATA",
          "CONSTRAINT",
          "CHECK CONSTRAINT",
          "DEFAULT",
          "TRIGGER",
          "RULE",
          "POLICY",
          "ROW SECURITY");

  private final Set<String> tables = new HashSet<>();
  private final Map<String, String> indexes = new HashMap<>();
  private final Map<String, String> sequences = new HashMap<>();
  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, String> indexParents = new HashMap<>();
  private final Map<String, String> references = new HashMap<>();

  Selection(List<String> chosen) {
    chosen.forEach(name -> tables.add(plain(TableName.parse(name))));
    tables.add(plain(Catalogue.SENTINEL));
  }

  private static String plain(TableName table) {
    return table.schema() + "." + table.name();
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  /** Learns from the statements of one archive. */
  void learn(List<String> statements) {
    for (String statement : statements) {
      each(
          INDEX,
          statement,
          (m, none) -> {
            String index = SqlName.plain(m.group(2), m.group(1));
            indexes.put(index, SqlName.plain(m.group(2), m.group(3)));
          });
      each(OWNED, statement, (m, first) -> sequences.put(first, second(m, 3)));
      each(IDENTITY, statement, (m, first) -> sequences.put(second(m, 3), first));
      each(ATTACHED, statement, (m, first) -> parents.put(second(m, 3), first));
      each(INDEX_ATTACHED, statement, (m, first) -> indexParents.put(second(m, 3), first));
      each(
          REFERENCE,
          statement,
          (m, first) -> references.put(first + " " + SqlName.bare(m.group(3)), second(m, 4)));
    }
    while (addPartitions()) {}
  }

  private boolean addPartitions() {
    boolean added = false;
    for (Map.Entry<String, String> part : parents.entrySet()) {
      added |= tables.contains(part.getValue()) && tables.add(part.getKey());
    }
    return added;
  }

  private static void each(Pattern pattern, String statement, BiConsumer<Matcher, String> found) {
    Matcher matcher = pattern.matcher(statement);
    if (matcher.lookingAt()) {
      found.accept(matcher, SqlName.plain(matcher.group(1), matcher.group(2)));
    }
  }

  private static String second(Matcher matcher, int group) {
    return SqlName.plain(matcher.group(group), matcher.group(group + 1));
  }

  /**
   * Whether an entry comes.
   *
   * @param entry without its numbers, such as {@code TABLE public orders alice}
   */
  boolean has(String entry) {
    return FOR_ALL.stream().anyMatch(entry::startsWith)
        || tables.stream().anyMatch(table -> ofTable(entry, table))
        || indexes.entrySet().stream().anyMatch(index -> ofIndex(entry, index))
        || sequences.entrySet().stream().anyMatch(sequence -> ofSequence(entry, sequence));
  }

  private boolean ofTable(String entry, String table) {
    String spaced = spaced(table) + " ";
    if (entry.startsWith("TABLE ATTACH " + spaced)) {
      return tables.contains(parents.getOrDefault(table, ""));
    }
    if (entry.startsWith("FK CONSTRAINT " + spaced)) {
      String rest = entry.substring(("FK CONSTRAINT " + spaced).length());
      return references.entrySet().stream()
          .filter(it -> (it.getKey() + " ").equals(table + " " + nameIn(it.getKey(), rest)))
          .anyMatch(it -> tables.contains(it.getValue()));
    }
    String schema = table.substring(0, table.indexOf('.'));
    String name = table.substring(table.indexOf('.') + 1);
    return OF_TABLE.stream().anyMatch(kind -> entry.startsWith(kind + " " + spaced))
        || entry.startsWith("COMMENT " + schema + " TABLE " + name + " ")
        || entry.startsWith("COMMENT " + schema + " COLUMN " + name + ".");
  }

  /** The constraint's name with a space, where the entry is of this constraint. */
  private static String nameIn(String key, String rest) {
    String name = key.substring(key.indexOf(' ') + 1) + " ";
    return rest.startsWith(name) ? name : "";
  }

  private boolean ofIndex(String entry, Map.Entry<String, String> index) {
    if (!tables.contains(index.getValue())) {
      return false;
    }
    String name = spaced(index.getKey()) + " ";
    if (entry.startsWith("INDEX ATTACH " + name)) {
      String parent = indexParents.getOrDefault(index.getKey(), "");
      String of = indexes.getOrDefault(parent, parents.getOrDefault(index.getValue(), ""));
      return tables.contains(of);
    }
    return entry.startsWith("INDEX " + name);
  }

  private boolean ofSequence(String entry, Map.Entry<String, String> sequence) {
    String name = spaced(sequence.getKey()) + " ";
    return tables.contains(sequence.getValue())
        && (entry.startsWith("SEQUENCE " + name)
            || entry.startsWith("SEQUENCE OWNED BY " + name)
            || entry.startsWith("SEQUENCE SET " + name));
  }

  private static String spaced(String name) {
    return name.replaceFirst("\\.", " ");
  }
}
