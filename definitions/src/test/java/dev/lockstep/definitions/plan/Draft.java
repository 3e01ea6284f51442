package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.model.WorkloadReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds migrations. */
public final class Draft {
  private final List<Change> changes = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Rollout> rollouts = new ArrayList<>();
  private final List<Migration.Allowance> allow = new ArrayList<>();
  private ContractPolicy contract = ContractPolicy.DEFAULT;
  private Limits limits = Limits.DEFAULT;

  /** A migration of changes. */
  public static Draft of(Change... changes) {
    Draft draft = new Draft();
    draft.changes.addAll(List.of(changes));
    return draft;
  }

  /** A migration of steps. */
  public static Draft steps(Step... steps) {
    Draft draft = new Draft();
    draft.steps.addAll(List.of(steps));
    return draft;
  }

  /** The change of the first example. */
  public static Draft fullName() {
    return of(
        add("full_name", "text", false, "first_name || ' ' || last_name"),
        drop("first_name", "split_part(full_name, ' ', 1)"),
        drop("last_name", "split_part(full_name, ' ', 2)"));
  }

  /** A new column of customers that follows others. */
  public static Change.AddColumn add(String name, String type, boolean nullable, String up) {
    return new Change.AddColumn(
        "customers", new Column(name, type, nullable, Optional.empty(), false), Optional.of(up));
  }

  /** A new column of customers by itself. */
  public static Change.AddColumn plain(String name, String type, Optional<String> byDefault) {
    return new Change.AddColumn(
        "customers",
        new Column(name, type, byDefault.isEmpty(), byDefault, false),
        Optional.empty());
  }

  /** A column of customers that goes and follows others. */
  public static Change.DropColumn drop(String column, String down) {
    return new Change.DropColumn("customers", column, Optional.of(down));
  }

  /** A column of customers that goes. */
  public static Change.DropColumn drop(String column) {
    return new Change.DropColumn("customers", column, Optional.empty());
  }

  /** A column of customers under another name. */
  public static Change.RenameColumn rename(String from, String to) {
    return new Change.RenameColumn("customers", from, to);
  }

  /** A column of customers with another type. */
  public static Change.AlterColumn type(String column, String type) {
    return new Change.AlterColumn(
        "customers",
        column,
        Optional.of(type),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A column of customers with another nullability. */
  public static Change.AlterColumn nullable(String column, boolean nullable) {
    return new Change.AlterColumn(
        "customers",
        column,
        Optional.empty(),
        Optional.of(nullable),
        Optional.empty(),
        Optional.empty());
  }

  /** An index of customers. */
  public static Change.CreateIndex index(String name, boolean unique, String... columns) {
    return new Change.CreateIndex(
        "customers", name, List.of(columns), unique, Optional.empty(), Optional.empty());
  }

  /** A check of customers. */
  public static Change.AddConstraint check(String name, String expression) {
    return new Change.AddConstraint("customers", name, new Constraint.Check(expression));
  }

  /** A reference from a table to the key of another. */
  public static Change.AddConstraint reference(String table, String column, String target) {
    return new Change.AddConstraint(
        table,
        table + "_" + column + "_fk",
        new Constraint.ForeignKey(
            List.of(column), target, List.of("id"), Constraint.OnDelete.NO_ACTION));
  }

  /** A new table with a key and a column. */
  public static Change.CreateTable create(String table) {
    return new Change.CreateTable(
        table,
        List.of(
            new Column("id", "bigint", false, Optional.empty(), true),
            new Column("note", "text", true, Optional.empty(), false)));
  }

  /** A rollout of a Deployment in namespace shop. */
  public static Rollout rollout(Rollout.After after, String name, String image) {
    return new Rollout(
        Optional.of(after),
        new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", name),
        new TreeMap<>(Map.of("web", image)),
        Optional.empty());
  }

  /** With a rollout. */
  public Draft with(Rollout rollout) {
    rollouts.add(rollout);
    return this;
  }

  /** With a policy. */
  public Draft with(ContractPolicy policy) {
    contract = policy;
    return this;
  }

  /** With limits. */
  public Draft with(Limits other) {
    limits = other;
    return this;
  }

  /** With an accepted hazard. */
  public Draft allowing(String code) {
    allow.add(new Migration.Allowance(code, "it is meant"));
    return this;
  }

  /** The migration {@code rework} of the database {@code shop}. */
  public Migration build() {
    return new Migration(
        "rework",
        "shop",
        changes,
        steps,
        rollouts,
        contract,
        limits,
        Migration.OnFailure.ROLLBACK,
        allow);
  }
}
