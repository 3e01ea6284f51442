package dev.lockstep.activities.postgres.dialect;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is known of types by their names. Names are taken as people and the server write them. */
final class TypeNames {
  /** Other names, from the server's grammar. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("varchar", "character varying"),
          Map.entry("char varying", "character varying"),
          Map.entry("char", "character"),
          Map.entry("bpchar", "character"),
          Map.entry("decimal", "numeric"),
          Map.entry("dec", "numeric"),
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("int2", "smallint"),
          Map.entry("int8", "bigint"),
          Map.entry("float", "double precision"),
          Map.entry("float8", "double precision"),
          Map.entry("float4", "real"),
          Map.entry("bool", "boolean"),
          Map.entry("varbit", "bit varying"),
          Map.entry("timestamptz", "timestamp with time zone"),
          Map.entry("timestamp", "timestamp without time zone"),
          Map.entry("timetz", "time with time zone"),
          Map.entry("time", "time without time zone"));

  /**
   * Types whose values are equal only where nobody can tell them apart. Not among them, for one
   * reason each: {@code interval} (1 day = 24 hours), {@code box} (by its area), {@code json}
   * (cannot be compared), and every type of an extension or a user, whose operators may not be
   * found by a writer's search_path.
   */
  private static final Set<String> EXACT =
      Set.of(
          ("boolean,smallint,integer,bigint,oid,real,double precision,money,text,name,\"char\","
                  + "character,character varying,bytea,bit,bit varying,uuid,jsonb,date,"
                  + "time without time zone,time with time zone,timestamp without time zone,"
                  + "timestamp with time zone,inet,cidr,macaddr,macaddr8,pg_lsn,tsvector,"
                  + "int4range,int8range,daterange,tsrange,tstzrange")
              .split(","));

  private static final Pattern ARRAY = Pattern.compile("(\\[\\d*])+$");
  private static final Pattern MODIFIED = Pattern.compile("([^(]*?)\\s*\\(([0-9, ]+)\\)(.*)");

  private TypeNames() {}

  /**
   * Whether IS DISTINCT FROM tells any two different values apart: with its scale given, {@code
   * numeric} does, else 1.0 equals 1.00.
   */
  static boolean comparable(String type) {
    Shape element = Shape.of(ARRAY.matcher(type.strip()).replaceAll(""));
    return EXACT.contains(element.base())
        || (element.base().equals("numeric") && element.first().isPresent());
  }

  /**
   * Whether a column of type {@code from} becomes {@code to} by a change of the catalogue alone:
   * the same type, a longer or unlimited varchar, text, or a numeric of higher precision and the
   * same scale.
   */
  static boolean widens(String from, String to) {
    Shape old = Shape.of(from);
    Shape wanted = Shape.of(to);
    if (old.equals(wanted)) {
      return true;
    }
    return switch (old.base()) {
      case "character varying" -> wanted.base().equals("text") || longer(old, wanted);
      case "text" -> wanted.equals(new Shape("character varying", Optional.empty(), 0));
      case "numeric" -> morePrecise(old, wanted);
      // Every other type: PostgreSQL may rewrite the table.
      default -> false;
    };
  }

  private static boolean longer(Shape old, Shape wanted) {
    boolean fits =
        wanted.first().isEmpty()
            || (old.first().isPresent() && old.first().get() <= wanted.first().get());
    return wanted.base().equals(old.base()) && fits;
  }

  private static boolean morePrecise(Shape old, Shape wanted) {
    boolean fits =
        wanted.first().isEmpty()
            || (old.first().isPresent()
                && old.first().get() <= wanted.first().get()
                && old.second() == wanted.second());
    return wanted.base().equals("numeric") && fits;
  }

  /**
   * A type taken apart.
   *
   * @param first the length or precision
   * @param second the scale; 0 where none is given, as the server takes it
   */
  private record Shape(String base, Optional<Integer> first, int second) {
    static Shape of(String type) {
      String text = type.strip().replaceAll("\\s+", " ");
      boolean quoted = text.contains("\"");
      String plain = quoted ? text : text.toLowerCase(Locale.ROOT).replace("pg_catalog.", "");
      Matcher matcher = MODIFIED.matcher(plain);
      if (quoted || !matcher.matches()) {
        return new Shape(ALIASES.getOrDefault(plain, plain), Optional.empty(), 0);
      }
      String[] numbers = matcher.group(2).replace(" ", "").split(",");
      String name = matcher.group(1) + matcher.group(3);
      return new Shape(
          ALIASES.getOrDefault(name, name),
          Optional.of(Integer.valueOf(numbers[0])),
          numbers.length > 1 ? Integer.parseInt(numbers[1]) : 0);
    }
  }
}
