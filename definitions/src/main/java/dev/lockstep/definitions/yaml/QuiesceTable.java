package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Quiesce;
import dev.lockstep.definitions.model.WorkloadReference;
import java.time.Duration;
import java.util.List;

/** The fields that say what stands still while a backup is taken. */
final class QuiesceTable {
  private QuiesceTable() {}

  static Shape<Quiesce> quiesce() {
    ObjectShape.Builder<Quiesce> of =
        ObjectShape.of(
            "Quiesce",
            "What stands still while the backup is taken, and goes on afterwards, whatever became"
                + " of the backup.");
    Field<Quiesce, List<WorkloadReference>> scale =
        of.defaulting(
            "scale",
            new ListShape<>(WorkloadTable.workload(), "a list of workloads", 0)
                .described("Workloads that are scaled to no pod, and back to what they had."),
            List.of(),
            Quiesce::scale);
    Field<Quiesce, Quiesce.Exec> exec = of.optional("exec", exec(), Quiesce::exec);
    Field<Quiesce, Duration> timeout =
        of.defaulting(
            "timeout",
            ParsedShape.duration()
                .described("How long each single stop, start, freeze or thaw may take."),
            Quiesce.DEFAULT_TIMEOUT,
            Quiesce::timeout);
    Field<Quiesce, Duration> atMost =
        of.defaulting(
            "atMost",
            ParsedShape.duration()
                .described(
                    "How long the dump may take meanwhile; then it is given up, and all goes on."),
            Quiesce.DEFAULT_AT_MOST,
            Quiesce::atMost);
    return of.made(
        in -> new Quiesce(in.the(scale), in.maybe(exec), in.the(timeout), in.the(atMost)));
  }

  private static Shape<Quiesce.Exec> exec() {
    ObjectShape.Builder<Quiesce.Exec> of =
        ObjectShape.of("QuiesceExec", "Commands in a pod that freeze and thaw.");
    Field<Quiesce.Exec, Dump.Pod> pod = of.required("pod", pod(), Quiesce.Exec::pod);
    Field<Quiesce.Exec, List<String>> freeze =
        of.required(
            "freeze",
            command("A program and its arguments, run before the dump; safe to be run again."),
            Quiesce.Exec::freeze);
    Field<Quiesce.Exec, List<String>> thaw =
        of.required(
            "thaw",
            command("The same for after it; safe to be run again, and where freeze was cut off."),
            Quiesce.Exec::thaw);
    return of.made(in -> new Quiesce.Exec(in.the(pod), in.the(freeze), in.the(thaw)));
  }

  private static Shape<List<String>> command(String meaning) {
    return new ListShape<>(
            TextShape.of("a program or an argument"), "a program with its arguments, a list", 1)
        .described(meaning);
  }

  private static Shape<Dump.Pod> pod() {
    ObjectShape.Builder<Dump.Pod> of =
        ObjectShape.of("QuiescePod", "Pods of which a ready one runs the commands.");
    Field<Dump.Pod, String> namespace =
        of.required("namespace", Texts.label("the name of a namespace"), Dump.Pod::namespace);
    Field<Dump.Pod, String> statefulSet =
        of.required(
            "statefulSet",
            Texts.label("the name of a StatefulSet").described("Their StatefulSet."),
            Dump.Pod::statefulSet);
    Field<Dump.Pod, String> container =
        of.optional(
            "container",
            Texts.label("the name of a container").described("Left out: the first."),
            Dump.Pod::container);
    return of.made(in -> new Dump.Pod(in.the(namespace), in.the(statefulSet), in.maybe(container)));
  }
}
