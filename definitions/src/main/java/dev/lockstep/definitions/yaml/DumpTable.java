package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Dump.Format;
import dev.lockstep.definitions.model.Dump.Job;
import dev.lockstep.definitions.model.Dump.Pod;
import dev.lockstep.definitions.model.Dump.Program;
import dev.lockstep.definitions.model.Dump.Scope;
import dev.lockstep.definitions.model.Dump.Through;
import java.time.Duration;

/** The fields that say how a dump program is run. */
final class DumpTable {
  private DumpTable() {}

  static Shape<Dump> dump() {
    ObjectShape.Builder<Dump> of =
        ObjectShape.of("Dump", "How the dump program is run; of method dump alone.");
    Field<Dump, Through> through =
        of.defaulting(
            "through",
            WordShape.of(Through.class)
                .described("Where it runs: in a pod that has it, in a Job, or on the worker."),
            Dump.DEFAULT.through(),
            Dump::through);
    Field<Dump, Format> format =
        of.optional(
            "format",
            WordShape.of(Format.class)
                .described(
                    "What it writes: one archive, one object a table, SQL, or the files of the"
                        + " server with its log. Left out: custom for a database of postgresql,"
                        + " else plain, the only one that others know."),
            Dump::chosen);
    Field<Dump, Scope> scope =
        of.defaulting(
            "scope",
            WordShape.of(Scope.class)
                .described(
                    "The database of the connection, or all of its server: as SQL, or physical."),
            Dump.DEFAULT.scope(),
            Dump::scope);
    Field<Dump, Pod> pod = of.optional("pod", pod(), Dump::pod);
    Field<Dump, Job> job = of.optional("job", job(), Dump::job);
    Field<Dump, Duration> base =
        of.optional(
            "base",
            ParsedShape.duration()
                .described(
                    "Of format physical: when the newest copy of the files is older, a run takes a"
                        + " new one; else the log alone. Left out: 24h."),
            Dump::base);
    Field<Dump, Program> program =
        of.optional(
            "program",
            WordShape.of(Program.class)
                .described(
                    "For a database of mysql or mariadb: mydumper dumps and myloader restores, with"
                        + " several sessions at a time. Left out: the product's own programs."),
            Dump::program);
    return of.made(
        in ->
            new Dump(
                in.the(through),
                in.maybe(format),
                in.the(scope),
                in.maybe(pod),
                in.maybe(job),
                in.maybe(base),
                in.maybe(program)));
  }

  private static Shape<Pod> pod() {
    ObjectShape.Builder<Pod> of =
        ObjectShape.of(
            "DumpPod",
            "For exec: pods that have the program, of which a ready one is taken; left out: those"
                + " behind the Service of the database.");
    Field<Pod, String> namespace =
        of.required("namespace", Texts.label("the name of a namespace"), Pod::namespace);
    Field<Pod, String> statefulSet =
        of.required(
            "statefulSet",
            Texts.label("the name of a StatefulSet").described("Their StatefulSet."),
            Pod::statefulSet);
    Field<Pod, String> container =
        of.optional(
            "container",
            Texts.label("the name of a container")
                .described("The one that has it; left out: the first."),
            Pod::container);
    return of.made(in -> new Pod(in.the(namespace), in.the(statefulSet), in.maybe(container)));
  }

  private static Shape<Job> job() {
    ObjectShape.Builder<Job> of = ObjectShape.of("DumpJob", "For job: what runs the program.");
    Field<Job, String> namespace =
        of.required("namespace", Texts.label("the name of a namespace"), Job::namespace);
    Field<Job, String> image =
        of.required(
            "image",
            TextShape.of("an image reference such as postgres:16")
                .described("An image that has it."),
            Job::image);
    Field<Job, String> account =
        of.optional(
            "serviceAccount",
            Texts.label("the name of a ServiceAccount")
                .described("Left out: the default of the namespace."),
            Job::serviceAccount);
    return of.made(in -> new Job(in.the(namespace), in.the(image), in.maybe(account)));
  }
}
