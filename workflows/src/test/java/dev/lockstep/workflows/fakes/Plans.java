package dev.lockstep.workflows.fakes;

import dev.lockstep.definitions.model.Approvers;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Estimate;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.definitions.plan.Undo;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A plan with every kind of action, and parts of it. */
public final class Plans {
  public static final String GATE = "contract";

  private static final TableName TABLE = new TableName("public", "customers");
  private static final RowKey KEY = new RowKey(List.of(new RowKey.KeyColumn("id", "bigint")));
  private static final WorkloadReference WEB =
      new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private Plans() {}

  /** Every kind once, in the order of a real plan; nothing waits for a person. */
  public static List<PlannedStep> whole() {
    List<PlannedStep> steps = new ArrayList<>(undoable());
    steps.add(
        new PlannedStep(
            "finish/drop",
            Phase.FINISH,
            "Drop what was hidden",
            statements("drop"),
            Undo.nothing("gone"),
            Estimate.MOMENT,
            true,
            false));
    steps.add(step("finish/names", Phase.FINISH, statements("names"), Undo.nothing("gone")));
    return steps;
  }

  /** Nothing but the claim and what cannot be undone. */
  public static List<PlannedStep> ending() {
    List<PlannedStep> whole = whole();
    return List.of(claim(), whole.get(whole.size() - 2), whole.get(whole.size() - 1));
  }

  /** Everything before the point of no return. */
  public static List<PlannedStep> undoable() {
    return List.of(
        claim(),
        add(),
        step(
            "expand/index",
            Phase.EXPAND,
            new Action.BuildIndex(TABLE, "by_name", "create index concurrently by_name"),
            Undo.by("drop the index", new Action.RemoveIndex(TABLE, "by_name", "drop index"))),
        step(
            "expand/rollout",
            Phase.EXPAND,
            new Action.RollOut(WEB, new TreeMap<>(Map.of("web", "shop:2")), DEADLINE),
            Undo.by("put the images back", new Action.RollBack(WEB, "expand/rollout", DEADLINE))),
        backfill(),
        verify(),
        step(
            "verify/valid",
            Phase.VERIFY,
            new Action.Validate(TABLE, "filled", "validate constraint filled"),
            Undo.nothing("a proof leaves nothing behind")),
        ask(),
        step(
            "gate/old",
            Phase.GATE,
            new Action.AwaitOldClients("shop-web/1%"),
            Undo.nothing("nothing was done")),
        step(
            "contract/unindex",
            Phase.CONTRACT,
            new Action.RemoveIndex(TABLE, "by_first", "drop index concurrently by_first"),
            Undo.by("build it again", new Action.BuildIndex(TABLE, "by_first", "create index"))),
        hide(),
        window());
  }

  /** The run's entry in the ledger. */
  public static PlannedStep claim() {
    return step(
        "prepare/claim",
        Phase.PREPARE,
        new Action.Claim(List.of(TABLE)),
        Undo.nothing("released at the end"));
  }

  /** Statements with an undo. */
  public static PlannedStep add() {
    return step(
        "expand/add",
        Phase.EXPAND,
        statements("add"),
        Undo.by("drop the column", statements("drop column")));
  }

  /** A long step. */
  public static PlannedStep backfill() {
    Action.Assignment set = new Action.Assignment("full_name", "first_name");
    return step(
        "migrate/fill",
        Phase.MIGRATE,
        new Action.Backfill(TABLE, KEY, List.of(set), "full_name is null", 200),
        Undo.nothing("goes with the column"));
  }

  /** A comparison of rows; a held run may go on without it. */
  public static PlannedStep verify() {
    return new PlannedStep(
        "verify/rows",
        Phase.VERIFY,
        "Compare every row",
        new Action.Verify(TABLE, KEY, "a <> b", List.of(), "a and b", 200),
        Undo.nothing("only looked"),
        Estimate.MOMENT,
        false,
        true);
  }

  /** A question to the database. */
  public static PlannedStep ask() {
    return step(
        "gate/ask",
        Phase.GATE,
        new Action.Ask("counts", "select 1", "1"),
        Undo.nothing("only asked"));
  }

  /** Waits for a person. */
  public static PlannedStep gate() {
    return step(
        "gate/approve", Phase.GATE, new Action.Approve(GATE), Undo.nothing("nothing was done"));
  }

  /** Waits until old clients are gone; a held run may go on without it. */
  public static PlannedStep oldClients() {
    return new PlannedStep(
        "gate/old",
        Phase.GATE,
        "Wait for old clients",
        new Action.AwaitOldClients("shop-web/1%"),
        Undo.nothing("nothing was done"),
        Estimate.MOMENT,
        false,
        true);
  }

  /** The first step of contract. */
  public static PlannedStep hide() {
    return step(
        "contract/hide",
        Phase.CONTRACT,
        statements("hide"),
        Undo.by("show it again", statements("show")));
  }

  /** What is hidden is hidden on trial; two steps hide. */
  public static List<PlannedStep> onTrial() {
    PlannedStep second =
        step(
            "contract/hide-more",
            Phase.CONTRACT,
            statements("hide more"),
            Undo.by("show more again", statements("show more")));
    return List.of(
        claim(),
        add(),
        backfill(),
        verify(),
        gate(),
        beforeTrial(),
        hide(),
        second,
        trial(),
        last());
  }

  /** Counts what is usual before a trial. */
  public static PlannedStep beforeTrial() {
    return step(
        "gate/before",
        Phase.GATE,
        new Action.BeforeTrial(GATE, Duration.ofSeconds(30), List.of()),
        Undo.nothing("only counted"));
  }

  /** A trial. */
  public static PlannedStep trial() {
    return step(
        "contract/trial",
        Phase.CONTRACT,
        new Action.Trial("trial", "gate/before", Duration.ofSeconds(60), 3, List.of()),
        Undo.nothing("only watched"));
  }

  private static PlannedStep last() {
    return new PlannedStep(
        "finish/drop",
        Phase.FINISH,
        "Drop what was hidden",
        statements("drop"),
        Undo.nothing("gone"),
        Estimate.MOMENT,
        true,
        false);
  }

  /** Rows are verified, then something is waited for, then contract comes. */
  public static List<PlannedStep> waiting(PlannedStep wait) {
    return List.of(claim(), add(), backfill(), verify(), wait, hide());
  }

  /** Two hours in which the rows may change. */
  public static PlannedStep rest() {
    return step(
        "verify/rest",
        Phase.VERIFY,
        new Action.Pause(Duration.ofHours(2)),
        Undo.nothing("nothing was done"));
  }

  /** The revert window. */
  public static PlannedStep window() {
    return step(
        "contract/window",
        Phase.CONTRACT,
        new Action.Pause(Duration.ofHours(24)),
        Undo.nothing("nothing was done"));
  }

  /** A wait whose end no clock can show. */
  public static PlannedStep endless() {
    return step(
        "verify/endless",
        Phase.VERIFY,
        new Action.Pause(Duration.ofSeconds(Long.MAX_VALUE)),
        Undo.nothing("nothing was done"));
  }

  /** The rows of three tables, filled and then compared; the bigger ones come first. */
  public static List<PlannedStep> tables() {
    return List.of(
        claim(),
        add(),
        fill("a"),
        fill("b"),
        fill("c"),
        compare("a"),
        compare("b"),
        compare("c"),
        hide());
  }

  /** One of the fills that may be done at the same time. */
  private static PlannedStep fill(String table) {
    TableName name = new TableName("public", table);
    Action.Assignment set = new Action.Assignment("full_name", "first_name");
    return together(
        "migrate/" + table,
        Phase.MIGRATE,
        new Action.Backfill(name, KEY, List.of(set), "full_name is null", 200),
        1);
  }

  /** One of the comparisons that may be done at the same time; a held run may leave it out. */
  private static PlannedStep compare(String table) {
    TableName name = new TableName("public", table);
    return together(
        "verify/" + table,
        Phase.VERIFY,
        new Action.Verify(name, KEY, "a <> b", List.of(), "a and b", 200),
        2);
  }

  private static PlannedStep together(String id, Phase phase, Action action, int number) {
    return new PlannedStep(
        id,
        phase,
        "Does " + id,
        action,
        Undo.nothing("nothing was done"),
        Estimate.MOMENT,
        false,
        phase == Phase.VERIFY,
        Optional.of(number));
  }

  /** A new run of these steps, so many tables at a time. */
  public static Prepared prepared(
      List<PlannedStep> steps, int tables, Migration.OnFailure onFailure) {
    Plan plan = plan(steps, onFailure);
    return prepared(plan, plan.limits().withTables(tables), Optional.empty());
  }

  /** A new run of these steps whose gates only some may pass. */
  public static Prepared guarded(List<PlannedStep> steps, Approvers approvers) {
    Plan plan = plan(steps, Migration.OnFailure.ROLLBACK);
    return prepared(plan, plan.limits(), Optional.of(approvers));
  }

  private static Prepared prepared(Plan plan, Limits limits, Optional<Approvers> approvers) {
    return prepared(
        Prepared.State.PLANNED,
        new Plan(
            plan.migration(),
            plan.database(),
            plan.tables(),
            plan.steps(),
            plan.hazards(),
            limits,
            plan.onFailure(),
            approvers));
  }

  /** A plan of these steps. */
  public static Plan plan(List<PlannedStep> steps, Migration.OnFailure onFailure) {
    Hazard hazard =
        new Hazard(
            "TABLE_BIG", Hazard.Level.NOTE, "customers has 200 rows", "none", Optional.empty());
    return new Plan(
        "customer-full-name",
        "shop",
        List.of(TABLE),
        steps,
        List.of(hazard),
        Limits.DEFAULT,
        onFailure);
  }

  /** A new run that rolls back on failure. */
  public static Prepared prepared(List<PlannedStep> steps) {
    return prepared(Prepared.State.PLANNED, plan(steps, Migration.OnFailure.ROLLBACK));
  }

  /** A run in a state of its own. */
  public static Prepared prepared(Prepared.State state, Plan plan) {
    return new Prepared(
        state,
        new RunKey("customer-full-name/1"),
        new Database(
            "shop",
            Engine.POSTGRESQL,
            new Connection.Url("jdbc:postgresql://127.0.0.1:5432/shop"),
            new Credentials.None(),
            List.of(WEB)),
        plan,
        "plan-hash",
        "definition-hash",
        "");
  }

  private static Action statements(String sql) {
    return new Action.Statements(List.of(sql), List.of());
  }

  private static PlannedStep step(String id, Phase phase, Action action, Undo undo) {
    return new PlannedStep(id, phase, "Does " + id, action, undo, Estimate.MOMENT, false, false);
  }
}
