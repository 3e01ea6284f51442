package dev.lockstep.definitions.plan;

import java.util.Locale;
import java.util.Optional;

/**
 * One spelling for the types that SQL spells in several ways.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype.html">Data types: aliases</a>
 */
public final class TypeSpelling {
  private TypeSpelling() {}

  /**
   * The type as {@code format_type} writes it, as far as the standard's aliases go. A name in
   * quotes is left as it is.
   */
  public static String of(String type) {
    String written = type.strip().replaceAll("\\s+", " ");
    if (written.indexOf('"') >= 0) {
      return written;
    }
    String plain = written.toLowerCase(Locale.ROOT);
    if (plain.endsWith("]")) {
      return of(plain.substring(0, plain.indexOf('['))) + "[]";
    }
    int open = plain.indexOf('(');
    int close = plain.indexOf(')', Math.max(open, 0));
    if (open < 0 || close < 0) {
      return known(plain);
    }
    String length = plain.substring(open, close + 1).replace(" ", "");
    String base = (plain.substring(0, open).strip() + plain.substring(close + 1)).strip();
    String known = known(base);
    int time = known.indexOf(" with");
    return time < 0 ? known + length : known.substring(0, time) + length + known.substring(time);
  }

  /** The type without its length or precision. */
  public static String base(String type) {
    return of(type).replaceAll("\\([^)]*\\)", "");
  }

  /** Whether both are one type. */
  public static boolean same(String one, String other) {
    return of(one).equals(of(other));
  }

  /**
   * The type that a value needs to stand beside values of a column in {@code coalesce} or {@code
   * CASE}; empty where it can as it is. What fits in an assignment does not always fit there: text
   * takes an integer, but {@code coalesce} of both has no type. Lengths are left out: the
   * assignment that follows refuses what is too long, where a cast to the length would cut it.
   *
   * @param from the value's type
   * @param to the column's
   */
  static Optional<String> cast(String from, String to) {
    String value = base(from);
    String column = base(to);
    if (value.isEmpty() || value.equals(column) || (text(value) && text(column))) {
      return Optional.empty();
    }
    boolean bits = column.startsWith("bit");
    return bits
        ? Optional.empty()
        : Optional.of(
            text(column) || column.startsWith("character")
                ? column.replaceAll("^[a-z ]+", "text")
                : to);
  }

  private static boolean text(String base) {
    return base.equals("text") || base.equals("character varying") || base.equals("character");
  }

  /** Whether the type is short for an integer with a sequence: no type of its own. */
  public static boolean serial(String type) {
    return of(type).matches("(big|small)?serial[248]?");
  }

  /** The type that a column really gets. */
  static String stored(String type) {
    return switch (of(type)) {
      case "smallserial", "serial2" -> "smallint";
      case "serial", "serial4" -> "integer";
      case "bigserial", "serial8" -> "bigint";
      default -> type;
    };
  }

  private static String known(String base) {
    return switch (base) {
      case "int", "int4" -> "integer";
      case "int2" -> "smallint";
      case "int8" -> "bigint";
      case "bool" -> "boolean";
      case "varchar", "char varying" -> "character varying";
      case "char", "bpchar" -> "character";
      case "decimal", "dec" -> "numeric";
      case "float4" -> "real";
      case "float8", "float" -> "double precision";
      case "timestamp" -> "timestamp without time zone";
      case "timestamptz" -> "timestamp with time zone";
      case "time" -> "time without time zone";
      case "timetz" -> "time with time zone";
      case "varbit" -> "bit varying";
      default -> base;
    };
  }
}
