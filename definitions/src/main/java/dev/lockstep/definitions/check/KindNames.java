package dev.lockstep.definitions.check;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Step;

/** What definitions call each kind of change and step; the names are part of every path. */
public final class KindNames {
  private static final Change.Visitor<String> CHANGES = new ChangeNames();
  private static final Step.Visitor<String> STEPS = new StepNames();

  private KindNames() {}

  /** Such as {@code addColumn}. */
  public static String of(Change change) {
    return change.accept(CHANGES);
  }

  /** Such as {@code verify}; for a change, that of the change. */
  public static String of(Step step) {
    return step.accept(STEPS);
  }

  private static final class ChangeNames implements Change.Visitor<String> {
    @Override
    public String addColumn(Change.AddColumn change) {
      return "addColumn";
    }

    @Override
    public String dropColumn(Change.DropColumn change) {
      return "dropColumn";
    }

    @Override
    public String renameColumn(Change.RenameColumn change) {
      return "renameColumn";
    }

    @Override
    public String alterColumn(Change.AlterColumn change) {
      return "alterColumn";
    }

    @Override
    public String createIndex(Change.CreateIndex change) {
      return "createIndex";
    }

    @Override
    public String dropIndex(Change.DropIndex change) {
      return "dropIndex";
    }

    @Override
    public String createTable(Change.CreateTable change) {
      return "createTable";
    }

    @Override
    public String dropTable(Change.DropTable change) {
      return "dropTable";
    }

    @Override
    public String addConstraint(Change.AddConstraint change) {
      return "addConstraint";
    }

    @Override
    public String sql(Change.Sql change) {
      return "sql";
    }
  }

  private static final class StepNames implements Step.Visitor<String> {
    @Override
    public String apply(Step.Apply step) {
      return of(step.change());
    }

    @Override
    public String rollOut(Step.RollOut step) {
      return "rollout";
    }

    @Override
    public String backfill(Step.Backfill step) {
      return "backfill";
    }

    @Override
    public String verify(Step.Verify step) {
      return "verify";
    }

    @Override
    public String approve(Step.Approve step) {
      return "approve";
    }

    @Override
    public String wait(Step.Wait step) {
      return "wait";
    }
  }
}
