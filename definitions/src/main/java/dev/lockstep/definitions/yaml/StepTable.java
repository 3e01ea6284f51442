package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.KindNames;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.model.Step.Approve;
import dev.lockstep.definitions.model.Step.Backfill;
import dev.lockstep.definitions.model.Step.Verify;
import dev.lockstep.definitions.model.Step.Wait;
import java.time.Duration;

/** Every kind of step: each kind of change, and those that only an explicit order has. */
final class StepTable {
  private StepTable() {}

  static ChoiceShape<Step> step() {
    return new ChoiceShape<Step>("step", KindNames::of)
        .withAll(ChangeTable.change(), Step.Apply::new, step -> ((Step.Apply) step).change())
        .with(
            "rollout",
            new ConvertedShape<>(WorkloadTable.step(), Step.RollOut::new, Step.RollOut::rollout),
            Step.RollOut.class)
        .with("backfill", backfill(), Backfill.class)
        .with("verify", verify(), Verify.class)
        .with("approve", approve(), Approve.class)
        .with("wait", await(), Wait.class);
  }

  private static Shape<Backfill> backfill() {
    ObjectShape.Builder<Backfill> of =
        ObjectShape.of("Backfill", "Fills an existing column by key ranges.");
    Field<Backfill, String> table = of.required("table", Texts.table(), Backfill::table);
    Field<Backfill, String> column =
        of.required("column", Texts.column("The column to fill."), Backfill::column);
    Field<Backfill, String> set = of.optional("set", Texts.sql("The new value."), Backfill::set);
    Field<Backfill, Lookup> lookup =
        of.optional("lookup", LookupTable.ofBackfill(), Backfill::lookup);
    Field<Backfill, String> where =
        of.required(
            "where",
            Texts.sql("Which rows; must be false for a row once it was filled."),
            Backfill::where);
    return of.forms(Forms.oneOf("set", "lookup"))
        .made(
            in ->
                new Backfill(
                    in.the(table), in.the(column), in.maybe(set), in.maybe(lookup), in.the(where)));
  }

  private static Shape<Verify> verify() {
    ObjectShape.Builder<Verify> of =
        ObjectShape.of("Verify", "A question to the database that must be answered as expected.");
    Field<Verify, String> name =
        of.required("name", Texts.label("a name for the question"), Verify::name);
    Field<Verify, String> query =
        of.required("query", Texts.sql("A query for one row of one column."), Verify::query);
    Field<Verify, String> expect =
        of.required("expect", Texts.sql("The value, as the database writes it."), Verify::expect);
    return of.made(in -> new Verify(in.the(name), in.the(query), in.the(expect)));
  }

  private static Shape<Approve> approve() {
    ObjectShape.Builder<Approve> of =
        ObjectShape.of("Approve", "Waits until somebody passes the gate.");
    Field<Approve, String> gate =
        of.required("gate", Texts.label("the name of a gate"), Approve::gate);
    return of.made(in -> new Approve(in.the(gate)));
  }

  private static Shape<Wait> await() {
    ObjectShape.Builder<Wait> of = ObjectShape.of("Wait", "Waits.");
    Field<Wait, Duration> duration =
        of.required("duration", ParsedShape.duration().described("How long."), Wait::duration);
    return of.made(in -> new Wait(in.the(duration)));
  }
}
