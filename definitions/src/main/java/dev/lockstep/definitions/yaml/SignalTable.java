package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.SignalChecks;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.model.Signal.Prometheus;
import dev.lockstep.definitions.model.Signal.Query;
import dev.lockstep.definitions.model.Signal.Source;

/** The fields of the user's own signals. No message repeats what may be a token. */
final class SignalTable {
  private SignalTable() {}

  static Shape<Signal> signal() {
    ObjectShape.Builder<Signal> of =
        ObjectShape.of("Signal", "A number that holds a run back while it is too high.");
    Field<Signal, String> name =
        of.required(
            "name",
            Texts.label("a name for the signal").described("What the status calls it."),
            Signal::name);
    Field<Signal, Query> query =
        of.optional(
            "query",
            new ConvertedShape<>(
                Texts.sql("One SELECT in the target database that gives one number."),
                Query::new,
                Query::sql),
            signal -> Narrowing.<Source, Query>to(Query.class).apply(signal.source()));
    Field<Signal, Prometheus> prometheus =
        of.optional(
            "prometheus",
            prometheus(),
            signal -> Narrowing.<Source, Prometheus>to(Prometheus.class).apply(signal.source()));
    Field<Signal, Double> max =
        of.required(
            "max",
            new DecimalShape()
                .described("The highest value at which the run goes on, in the source's unit."),
            Signal::max);
    return of.forms(Forms.oneOf("query", "prometheus"))
        .made(
            in ->
                new Signal(
                    in.the(name),
                    in.maybe(query).<Source>map(found -> found).orElseGet(() -> in.the(prometheus)),
                    in.the(max)));
  }

  private static Shape<Prometheus> prometheus() {
    ObjectShape.Builder<Prometheus> of =
        ObjectShape.of(
            "PrometheusQuery", "An instant query; of several series the highest counts.");
    Field<Prometheus, String> url =
        of.required(
            "url",
            new QuietShape("the address of a server, such as http://HOST:9090", SignalChecks.URL)
                .described("The server's address, without /api/v1/query, user and token."),
            Prometheus::url);
    Field<Prometheus, String> query =
        of.required(
            "query",
            TextShape.of("a query in PromQL")
                .described("PromQL. No series is no value, on which the run waits."),
            Prometheus::query);
    Field<Prometheus, SecretReference> token =
        of.optional("token", SecretReferenceTable.reference(), Prometheus::token);
    return of.made(in -> new Prometheus(in.the(url), in.the(query), in.maybe(token)));
  }
}
