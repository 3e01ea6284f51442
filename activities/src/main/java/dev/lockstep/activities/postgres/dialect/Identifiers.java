package dev.lockstep.activities.postgres.dialect;

import dev.lockstep.definitions.plan.TableName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Quotes names as {@code quote_ident} does: only where the name needs it. */
final class Identifiers {
  /** PostgreSQL's limit, NAMEDATALEN - 1, in bytes. */
  static final int MAXIMUM_BYTES = 63;

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  /**
   * Every keyword of PostgreSQL 13 to 18 that is not unreserved, from {@code pg_get_keywords()}.
   */
  static final Set<String> KEYWORDS =
      Set.of(
          """
          all analyse analyze and any array as asc asymmetric authorization between bigint binary
          bit boolean both case cast char character check coalesce collate collation column
          concurrently constraint create cross current_catalog current_date current_role
          current_schema current_time current_timestamp current_user dec decimal default deferrable
          desc distinct do else end except exists extract false fetch float for foreign freeze from
          full grant greatest group grouping having ilike in initially inner inout int integer
          intersect interval into is isnull join json json_array json_arrayagg json_exists
          json_object json_objectagg json_query json_scalar json_serialize json_table json_value
          lateral leading least left like limit localtime localtimestamp merge_action national
          natural nchar none normalize not notnull null nullif numeric offset on only or order out
          outer overlaps overlay placing position precision primary real references returning right
          row select session_user setof similar smallint some substring symmetric system_user table
          tablesample then time timestamp to trailing treat trim true union unique user using values
          varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement
          xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
          """
              .strip()
              .split("\\s+"));

  private Identifiers() {}

  /** The name, in double quotes where it has to be. */
  static String quote(String name) {
    boolean plain = PLAIN.matcher(name).matches() && !KEYWORDS.contains(name);
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The table with its schema. */
  static String quote(TableName table) {
    return quote(table.schema()) + "." + quote(table.name());
  }

  /** A name that the server will not cut: a longer one ends in a hash of the whole. */
  static String fit(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length <= MAXIMUM_BYTES) {
      return name;
    }
    String hash = String.format(Locale.ROOT, "_%08x", name.hashCode());
    int end = name.length();
    while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length
        > MAXIMUM_BYTES - hash.length()) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end) + hash;
  }
}
