package dev.lockstep.definitions.plan;

import java.util.Locale;

/**
 * One spelling for the types that SQL spells in several ways.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype.html">Data types: aliases</a>
 */
public final class TypeSpelling {
  private TypeSpelling() {}

  /** The type as {@code format_type} writes it, as far as the standard's aliases go. */
  public static String of(String type) {
    String plain = type.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
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

  /** Whether the type is short for an integer with a sequence: no type of its own. */
  public static boolean serial(String type) {
    return of(type).matches("(big|small)?serial[248]?");
  }

  private static String known(String base) {
    return switch (base) {
      case "int", "int4" -> "integer";
      case "int2" -> "smallint";
      case "int8" -> "bigint";
      case "bool" -> "boolean";
      case "varchar" -> "character varying";
      case "char", "bpchar" -> "character";
      case "decimal" -> "numeric";
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
