package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.WorkloadReference;
import java.util.List;
import java.util.Optional;

/** The fields of a database's {@code spec}. */
final class DatabaseTable {
  private DatabaseTable() {}

  /** The spec alone; the name of what it makes is empty. */
  static Shape<Database> spec() {
    ObjectShape.Builder<Database> of = ObjectShape.of("DatabaseSpec", "A target of changes.");
    Field<Database, Engine> engine =
        of.required(
            "engine", WordShape.of(Engine.class).described("The product."), Database::engine);
    Field<Database, Connection> connection =
        of.required("connection", connection(), Database::connection);
    Field<Database, Credentials> credentials =
        of.defaulting(
            "credentials",
            CredentialsTable.credentials(),
            new Credentials.None(),
            Database::credentials);
    Field<Database, List<WorkloadReference>> workloads =
        of.defaulting(
            "workloads",
            new ListShape<>(WorkloadTable.workload(), "a list of workloads", 0)
                .described("What runs on it."),
            List.of(),
            Database::workloads);
    return of.made(
        in ->
            new Database(
                "", in.the(engine), in.the(connection), in.the(credentials), in.the(workloads)));
  }

  static Database named(String name, Database spec) {
    return new Database(
        name, spec.engine(), spec.connection(), spec.credentials(), spec.workloads());
  }

  private static Shape<Connection> connection() {
    ObjectShape.Builder<Connection> of = ObjectShape.of("Connection", "Where a database listens.");
    Field<Connection, String> url =
        of.optional(
            "url",
            new UrlShape().described("jdbc:postgresql://HOST:PORT/DATABASE, without a password."),
            connection -> connection.accept(new UrlOf()));
    Field<Connection, Address> service =
        of.optional(
            "service",
            address(),
            connection ->
                connection
                    .accept(new ServiceOf())
                    .map(found -> new Address(found.namespace(), found.name(), found.port())));
    Field<Connection, String> database =
        of.optional(
            "database",
            TextShape.of("the name of the database").described("The database on that server."),
            connection -> connection.accept(new ServiceOf()).map(Connection.Service::database));
    return of.forms(new Forms(List.of(List.of("url"), List.of("service", "database")), true))
        .made(
            in ->
                in.maybe(url)
                    .<Connection>map(Connection.Url::new)
                    .orElseGet(() -> in.the(service).on(in.the(database))));
  }

  private static Shape<Address> address() {
    ObjectShape.Builder<Address> of = ObjectShape.of("Service", "A Kubernetes Service.");
    Field<Address, String> namespace =
        of.required("namespace", Texts.label("the name of a namespace"), Address::namespace);
    Field<Address, String> name =
        of.required("name", Texts.label("the name of the Service"), Address::name);
    Field<Address, Integer> port =
        of.defaulting(
            "port", new NumberShape(1, 65_535).described("Its port."), 5432, Address::port);
    return of.made(in -> new Address(in.the(namespace), in.the(name), in.the(port)));
  }

  private record Address(String namespace, String name, int port) {
    Connection on(String database) {
      return new Connection.Service(namespace, name, port, database);
    }
  }

  private static final class UrlOf implements Connection.Visitor<Optional<String>> {
    @Override
    public Optional<String> url(Connection.Url url) {
      return Optional.of(url.jdbcUrl());
    }

    @Override
    public Optional<String> service(Connection.Service service) {
      return Optional.empty();
    }
  }

  private static final class ServiceOf implements Connection.Visitor<Optional<Connection.Service>> {
    @Override
    public Optional<Connection.Service> url(Connection.Url url) {
      return Optional.empty();
    }

    @Override
    public Optional<Connection.Service> service(Connection.Service service) {
      return Optional.of(service);
    }
  }
}
