package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Scene;
import dev.lockstep.definitions.plan.TypeSpelling;
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
    String old = TypeSpelling.base(from);
    String next = TypeSpelling.base(to);
    boolean bounded = to.contains("(");
    boolean cuts = bounded && (next.startsWith("character") || next.startsWith("bit"));
    boolean rounds =
        FRACTIONS.contains(old)
            && (WHOLE.contains(next)
                || next.equals("real")
                || (bounded && next.equals("numeric") && !keepsScale(from, to)));
    boolean shortens =
        old.startsWith("timestamp") && (next.equals("date") || next.startsWith("time "));
    return !from.equals(to) && ((cuts && !fits(from, to)) || rounds || shortens);
  }

  /** Whether both have a length and the new one is not shorter. */
  private static boolean fits(String from, String to) {
    return from.contains("(") && length(from) <= length(to);
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
    return Integer.parseInt(type.replaceAll(".*\\((\\d+).*", "$1"));
  }
}
