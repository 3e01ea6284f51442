package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the server says of the expressions of one change, and what their columns mean. */
record ExpressionChecks(Checks checks, TableName table, int place) {
  /** The server takes the type. */
  void type(String id, String type) {
    answered(id, Code.TYPE_UNKNOWN, "type " + type);
  }

  /** A column of the type can be added without touching rows. */
  void addable(String id, String type) {
    if (checks.ground().judged(id).filter(j -> !j.immutable()).isPresent()) {
      checks
          .findings()
          .add(
              id,
              Code.CHANGE_UNSUPPORTED,
              "type "
                  + type
                  + " is a domain with constraints: the server rewrites the whole table for such a"
                  + " column; use the domain's own type, and addConstraint with its check");
    }
  }

  /** The server takes a default. */
  void byDefault(String id) {
    answered(id, Code.EXPRESSION_WRONG, "the default");
  }

  /** The server takes the expression over the row as it is, and a trigger can evaluate it. */
  void overOld(String id) {
    answered(id, Code.EXPRESSION_WRONG, "the expression").ifPresent(j -> noGenerated(id, j));
  }

  /** The same over the row as the new version sees it. */
  void overNew(String id) {
    answered(id, Code.EXPRESSION_WRONG, "the expression")
        .ifPresent(
            j -> {
              noGenerated(id, j);
              staying(id, j.columns());
            });
  }

  /** The server takes the condition over the row as the new version sees it. */
  void condition(String id) {
    answered(id, Code.EXPRESSION_WRONG, "the expression").ifPresent(j -> staying(id, j.columns()));
  }

  /** The same of an index, whose entries must never change by themselves. */
  void indexed(String id) {
    condition(id);
    if (checks.ground().judged(id).filter(j -> !j.immutable() && !readsGenerated(j)).isPresent()) {
      checks
          .findings()
          .add(
              id,
              Code.EXPRESSION_WRONG,
              "an index takes only what is IMMUTABLE: the same row must always give the same value,"
                  + " whatever the time and the settings");
    }
  }

  /** Every column is one that stays, and that is there when this change is made. */
  void staying(String id, List<String> columns) {
    Fate fate = checks.ground().fate(table);
    for (String column : columns) {
      if (fate.goes(column)) {
        checks
            .findings()
            .add(
                id,
                Code.EXPRESSION_WRONG,
                "column " + column + " goes with this migration; use columns that stay");
      }
      if (checks.ground().outline().ordered()
          && fate.fresh(column).filter(f -> f.place() > place).isPresent()) {
        checks
            .findings()
            .add(id, Code.CHANGES_CLASH, "column " + column + " is made by a later step");
      }
    }
  }

  private Optional<Judgement> answered(String id, Code code, String what) {
    Optional<Judgement> judgement = checks.ground().observation().expression(id);
    if (judgement.isEmpty()) {
      checks.findings().add(id, code, what + " was not judged by the server");
    }
    judgement
        .flatMap(Judgement::error)
        .ifPresent(e -> checks.findings().add(id, code, "the server refuses " + what + ": " + e));
    return judgement.filter(j -> j.error().isEmpty());
  }

  /** Before-triggers do not see the value of a generated column: it is computed after them. */
  private void noGenerated(String id, Judgement judgement) {
    generated(judgement)
        .forEach(
            c ->
                checks
                    .findings()
                    .add(
                        id,
                        Code.CHANGE_UNSUPPORTED,
                        "column "
                            + c
                            + " is generated: a trigger cannot read it; repeat its"
                            + " expression here"));
  }

  /** The server was not asked about such: it tries whether a generated column takes the value. */
  private boolean readsGenerated(Judgement judgement) {
    return generated(judgement).findAny().isPresent();
  }

  private Stream<String> generated(Judgement judgement) {
    return checks.ground().observation().table(table).stream()
        .flatMap(t -> t.columns().stream())
        .filter(c -> c.generated() && c.defaultValue().isPresent())
        .map(TableColumn::name)
        .filter(judgement.columns()::contains);
  }
}
