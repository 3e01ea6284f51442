package dev.lockstep.activities.postgres.observe;

import dev.lockstep.activities.postgres.dialect.SqlText;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Questions.Conversion;
import dev.lockstep.definitions.plan.Questions.Expression;
import dev.lockstep.definitions.plan.Questions.Into;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Lets the server judge expressions over one row. Each is tried on a temporary table with the row's
 * columns, in a savepoint that is rolled back:
 *
 * <ol>
 *   <li>A CHECK constraint says whether it is an expression over one row, and over which columns;
 *       the constraint's text, read under an empty search_path, is the qualified expression.
 *   <li>A view says its type.
 *   <li>An UPDATE that is explained, never run, says whether a column takes its value.
 *   <li>A generated column says whether it is immutable.
 * </ol>
 */
final class ExpressionJudge {
  /** How the planner asks whether a type exists. */
  private static final Pattern TYPE = Pattern.compile("CAST\\(NULL AS (.*)\\)", Pattern.DOTALL);

  private static final String SAVEPOINT = "lockstep_judge";

  private final Handle handle;
  private final String ownPath;
  private final List<Observation.Table> tables;

  /**
   * @param ownPath the role's search_path: functions of its schemas are found, too
   */
  ExpressionJudge(Handle handle, String ownPath, List<Observation.Table> tables) {
    this.handle = handle;
    this.ownPath = ownPath;
    this.tables = tables;
  }

  Judgement judge(Expression expression) {
    Optional<String> flaw =
        SqlText.flaw(expression.sql())
            .or(() -> ScratchRow.flaw(expression.given()))
            .or(() -> expression.into().flatMap(Into::type).flatMap(SqlText::typeFlaw));
    return flaw.map(text -> refused(expression, text)).orElseGet(() -> tried(expression));
  }

  private Judgement tried(Expression expression) {
    handle.savepoint(SAVEPOINT);
    try {
      return judged(expression);
    } catch (JdbiException e) {
      return refused(expression, Refusal.text(e));
    } catch (ExpressionRefusedException e) {
      return refused(expression, e.reason());
    } finally {
      handle.rollbackToSavepoint(SAVEPOINT);
    }
  }

  private Judgement judged(Expression expression) {
    Optional<Observation.Table> table =
        tables.stream().filter(t -> t.name().equals(expression.table())).findFirst();
    ScratchRow row = new ScratchRow(handle, expression.table(), ownPath);
    Matcher type = TYPE.matcher(expression.sql());
    if (type.matches() && expression.into().isEmpty()) {
      String name = row.type(type.group(1));
      return new Judgement(
          expression.id(), Optional.empty(), name, !row.constrained(), List.of(), expression.sql());
    }
    row.create(table, expression.given());
    Optional<String> target = expression.into().map(into -> row.target(table, into));
    boolean cast = expression.into().map(Into::conversion).equals(Optional.of(Conversion.CAST));
    String sql =
        cast
            ? "CAST((%s) AS %s)".formatted(SqlText.closed(expression.sql()), target.orElseThrow())
            : expression.sql();
    ScratchRow.Meaning meaning = row.meaning(sql);
    target.ifPresent(to -> row.assign(sql, to));
    boolean immutable = row.immutable(sql, target.orElse(meaning.type()));
    return new Judgement(
        expression.id(),
        Optional.empty(),
        meaning.type(),
        immutable,
        meaning.columns(),
        meaning.qualified());
  }

  private static Judgement refused(Expression expression, String error) {
    return new Judgement(expression.id(), Optional.of(error), "", false, List.of(), "");
  }
}
