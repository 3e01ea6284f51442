package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.model.Trigger.Parameter;
import dev.lockstep.definitions.model.Trigger.When;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.definitions.parameters.BodyPath;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of a trigger's {@code spec}. */
final class TriggerTable {
  private TriggerTable() {}

  /** The spec alone; the name of what it makes is empty. */
  static Shape<Trigger> spec() {
    ObjectShape.Builder<Trigger> of =
        ObjectShape.of("TriggerSpec", "A webhook that may start one definition.");
    Field<Trigger, Subject> run =
        of.required(
            "run",
            SubjectTable.subject(
                "TriggerRun", "The definition that is run.", Subject.Kind.values()),
            Trigger::run);
    Field<Trigger, TriggerAuth> auth = of.required("auth", TriggerAuthTable.auth(), Trigger::auth);
    Field<Trigger, When> when = of.defaulting("when", when(), When.ALWAYS, Trigger::when);
    Field<Trigger, SortedMap<String, Parameter>> parameters =
        of.defaulting(
            "parameters",
            new MapShape<>(parameter(), "a map of names, each with from and pattern")
                .described("Values out of the delivery for places `${name}` of a migration."),
            new TreeMap<>(),
            Trigger::parameters);
    Field<Trigger, CommitReport> report =
        of.optional("report", CommitReportTable.report(), Trigger::report);
    return of.made(
        in ->
            new Trigger(
                "", in.the(run), in.the(auth), in.the(when), in.the(parameters), in.maybe(report)));
  }

  static Trigger named(String name, Trigger spec) {
    return spec.named(name);
  }

  private static Shape<Parameter> parameter() {
    ObjectShape.Builder<Parameter> of =
        ObjectShape.of("TriggerParameter", "A value that a delivery gives.");
    Field<Parameter, String> from =
        of.required(
            "from",
            TextShape.of(BodyPath.WANTED).described("Where it stands in the body."),
            Parameter::from);
    Field<Parameter, String> pattern =
        of.required(
            "pattern",
            TextShape.of("a regular expression such as [0-9a-f]{40}")
                .described(
                    "A regular expression for the whole value; any other is refused. A group"
                        + " (?<value>…) in it is what is taken, else all of it."),
            Parameter::pattern);
    return of.made(in -> new Parameter(in.the(from), in.the(pattern)));
  }

  private static Shape<When> when() {
    ObjectShape.Builder<When> of =
        ObjectShape.of(
            "TriggerWhen", "Which deliveries start a run; others are answered and forgotten.");
    Field<When, String> event =
        of.optional(
            "event",
            TextShape.of("the name of an event, such as push")
                .described(
                    "The event as GitHub calls it, or as GitLab's object_kind or header does, or"
                        + " the body's field event of others."),
            When::event);
    Field<When, String> branch =
        of.optional(
            "branch",
            TextShape.of("the name of a branch, such as main")
                .described("Name of a branch, without refs/heads/."),
            When::branch);
    Field<When, SortedMap<String, String>> body =
        of.defaulting(
            "body",
            new MapShape<>(
                    TextShape.of("a regular expression such as published"),
                    "a map of paths such as $.action, each with a regular expression")
                .described(
                    "Regular expressions for whole values of the body, by their paths; a delivery"
                        + " in which one is not there or does not fit starts nothing."),
            new TreeMap<>(),
            When::body);
    return of.notEmpty().made(in -> new When(in.maybe(event), in.maybe(branch), in.the(body)));
  }
}
