package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TypeSpelling;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cast that nobody wrote and that changes values without an error.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-character.html">An explicit cast
 *     cuts text silently</a>
 */
final class CastLoses implements Rule {
  private static final Set<String> FRACTIONS = Set.of("numeric", "real", "double precision");
  private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");
  private static final Set<String> NUMBERS =
      Set.of("integer", "bigint", "numeric", "double precision");

  /** Characters of the longest value of types that have one. */
  private static final Map<String, Long> WRITTEN =
      Map.of("boolean", 5L, "smallint", 6L, "integer", 11L, "bigint", 20L, "uuid", 36L);

  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene
        .every(Change.AlterColumn.class)
        .filter(c -> c.up().isEmpty() && c.type().isPresent())
        .flatMap(
            c ->
                scene
                    .column(c.table(), c.column())
                    .map(TableColumn::type)
                    .filter(
                        old -> loses(TypeSpelling.of(old), TypeSpelling.of(c.type().orElse(old))))
                    .map(
                        old ->
                            Hazards.CAST_LOSES.found(
                                "the cast of column "
                                    + c.column()
                                    + " of "
                                    + c.table()
                                    + " from "
                                    + old
                                    + " to "
                                    + c.type().orElse(old)
                                    + " cuts or rounds values silently"))
                    .stream());
  }

  private static boolean loses(String from, String to) {
    return !from.equals(to) && (cuts(from, to) || rounds(from, to) || shortens(from, to));
  }

  /** Without a length, {@code character} and {@code bit} hold one. */
  private static boolean cuts(String from, String to) {
    boolean single = to.equals("character") || to.equals("bit");
    boolean bounded = text(to) || TypeSpelling.base(to).startsWith("bit");
    return single
        ? longest(from, to) > 1
        : bounded && to.contains("(") && longest(from, to) > length(to);
  }

  /** The most characters or bits that a value of the type has, written as the other type. */
  private static long longest(String from, String to) {
    String base = TypeSpelling.base(from);
    boolean alike = (text(from) && text(to)) || base.startsWith("bit");
    return alike && from.contains("(") ? length(from) : WRITTEN.getOrDefault(base, Long.MAX_VALUE);
  }

  private static boolean rounds(String from, String to) {
    String old = TypeSpelling.base(from);
    String next = TypeSpelling.base(to);
    boolean whole = FRACTIONS.contains(old) && WHOLE.contains(next);
    boolean floats =
        (next.equals("real") && !old.equals("smallint") && NUMBERS.contains(old))
            || (next.equals("double precision") && (old.equals("bigint") || old.equals("numeric")));
    boolean scaled =
        FRACTIONS.contains(old)
            && next.equals("numeric")
            && to.contains("(")
            && !keepsScale(from, to);
    boolean moments = next.startsWith("time") && to.contains("(") && fraction(from) > fraction(to);
    return whole || floats || scaled || moments;
  }

  private static boolean shortens(String from, String to) {
    String next = TypeSpelling.base(to);
    return from.startsWith("timestamp") && (next.equals("date") || next.startsWith("time "));
  }

  private static boolean text(String type) {
    String base = TypeSpelling.base(type);
    return base.equals("text") || base.equals("character varying") || base.equals("character");
  }

  /** Digits of a second; six where the type says nothing. */
  private static int fraction(String type) {
    boolean moment = type.startsWith("time");
    return moment && type.contains("(") ? length(type) : moment ? 6 : 0;
  }

  /**
   * Whether every digit after the point has its place; too many before it are an error, not a loss.
   */
  private static boolean keepsScale(String from, String to) {
    return from.startsWith("numeric(") && scale(from) <= scale(to);
  }

  private static int scale(String type) {
    return type.contains(",") ? Integer.parseInt(type.replaceAll(".*,\\s*(-?\\d+).*", "$1")) : 0;
  }

  private static int length(String type) {
    return Integer.parseInt(type.replaceAll("[^(]*\\(\\s*(\\d+).*", "$1"));
  }
}
