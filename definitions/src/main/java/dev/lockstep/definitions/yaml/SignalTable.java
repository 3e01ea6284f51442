package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.SignalChecks;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.SecretReference.File;
import dev.lockstep.definitions.model.SecretReference.Variable;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.model.Signal.Prometheus;
import dev.lockstep.definitions.model.Signal.Query;
import dev.lockstep.definitions.model.Signal.Source;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The fields of the user's own signals. No message repeats what may be a token. */
final class SignalTable {
  /** The key of a Secret: letters, digits, {@code -}, {@code _} and dots. */
  private static final Shape<String> KEY =
      new QuietShape("a key of the Secret", Pattern.compile("^[-._a-zA-Z0-9]{1,253}$"));

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
            signal -> SignalTable.<Source, Query>narrowed(Query.class).apply(signal.source()));
    Field<Signal, Prometheus> prometheus =
        of.optional(
            "prometheus",
            prometheus(),
            signal ->
                SignalTable.<Source, Prometheus>narrowed(Prometheus.class).apply(signal.source()));
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
    Field<Prometheus, SecretReference> token = of.optional("token", token(), Prometheus::token);
    return of.made(in -> new Prometheus(in.the(url), in.the(query), in.maybe(token)));
  }

  private static Shape<SecretReference> token() {
    ObjectShape.Builder<SecretReference> of =
        ObjectShape.of("SecretReference", "Where one secret value is found; never the value.");
    Field<SecretReference, Variable> variable =
        of.optional(
            "env",
            new ConvertedShape<>(CredentialsTable.VARIABLE, Variable::new, Variable::name)
                .described("Name of an environment variable of the worker."),
            narrowed(Variable.class));
    Field<SecretReference, File> file =
        of.optional(
            "file",
            new ConvertedShape<>(CredentialsTable.FILE, File::new, File::path)
                .described("Path of a file on the worker."),
            narrowed(File.class));
    Field<SecretReference, SecretReference.Key> secret =
        of.optional("secret", key(), narrowed(SecretReference.Key.class));
    return of.forms(Forms.oneOf("env", "file", "secret"))
        .quiet()
        .made(
            in ->
                in.maybe(variable)
                    .<SecretReference>map(found -> found)
                    .or(() -> in.maybe(file))
                    .or(() -> in.maybe(secret))
                    .orElseThrow());
  }

  private static Shape<SecretReference.Key> key() {
    ObjectShape.Builder<SecretReference.Key> of =
        ObjectShape.of("SecretKey", "A key of a Kubernetes Secret.");
    Field<SecretReference.Key, String> namespace =
        of.required("namespace", CredentialsTable.LABEL, SecretReference.Key::namespace);
    Field<SecretReference.Key, String> name =
        of.required("name", CredentialsTable.LABEL, SecretReference.Key::name);
    Field<SecretReference.Key, String> key =
        of.required("key", KEY.described("Which of its values."), SecretReference.Key::key);
    return of.quiet()
        .made(in -> new SecretReference.Key(in.the(namespace), in.the(name), in.the(key)));
  }

  private static <W, P extends W> Function<W, Optional<P>> narrowed(Class<P> type) {
    return whole -> Optional.of(whole).filter(type::isInstance).map(type::cast);
  }
}
