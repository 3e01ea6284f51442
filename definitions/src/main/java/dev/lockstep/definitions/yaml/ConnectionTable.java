package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import java.util.List;
import java.util.Optional;

/** The fields that say where a database listens. */
final class ConnectionTable {
  private ConnectionTable() {}

  static Shape<Written> connection() {
    ObjectShape.Builder<Written> of = ObjectShape.of("Connection", "Where a database listens.");
    Field<Written, String> url =
        of.optional(
            "url",
            new UrlShape()
                .described(
                    "jdbc:postgresql://HOST:PORT/DATABASE, or the same with mysql or mariadb;"
                        + " without a password."),
            Written::url);
    Field<Written, Address> service = of.optional("service", address(), Written::service);
    Field<Written, String> database =
        of.optional(
            "database",
            TextShape.of("the name of the database").described("The database on that server."),
            Written::database);
    return of.forms(new Forms(List.of(List.of("url"), List.of("service", "database")), true))
        .made(in -> new Written(in.maybe(url), in.maybe(service), in.maybe(database)));
  }

  private static Shape<Address> address() {
    ObjectShape.Builder<Address> of = ObjectShape.of("Service", "A Kubernetes Service.");
    Field<Address, String> namespace =
        of.required("namespace", Texts.label("the name of a namespace"), Address::namespace);
    Field<Address, String> name =
        of.required("name", Texts.label("the name of the Service"), Address::name);
    Field<Address, Integer> port =
        of.optional(
            "port",
            new NumberShape(1, 65_535)
                .described("Its port; left out: 5432, or 3306 for mysql and mariadb."),
            Address::port);
    return of.made(in -> new Address(in.the(namespace), in.the(name), in.maybe(port)));
  }

  private record Address(String namespace, String name, Optional<Integer> port) {}

  /**
   * A connection as it is written: the engine, which stands beside it, says the port that is left
   * out.
   *
   * @param url present, or else both others
   */
  record Written(Optional<String> url, Optional<Address> service, Optional<String> database) {
    static Written of(Database database) {
      return database.connection().accept(new Writing(database.engine()));
    }

    Connection on(Engine engine) {
      return url.<Connection>map(Connection.Url::new)
          .orElseGet(
              () -> {
                Address address = service.orElseThrow();
                return new Connection.Service(
                    address.namespace(),
                    address.name(),
                    address.port().orElse(engine.usualPort()),
                    database.orElseThrow());
              });
    }
  }

  private record Writing(Engine engine) implements Connection.Visitor<Written> {
    @Override
    public Written url(Connection.Url url) {
      return new Written(Optional.of(url.jdbcUrl()), Optional.empty(), Optional.empty());
    }

    @Override
    public Written service(Connection.Service service) {
      Optional<Integer> port =
          Optional.of(service.port()).filter(number -> number != engine.usualPort());
      Address address = new Address(service.namespace(), service.name(), port);
      return new Written(Optional.empty(), Optional.of(address), Optional.of(service.database()));
    }

    @Override
    public Written folder(Connection.Folder folder) {
      throw new IllegalArgumentException("no definition has a folder: " + folder.path());
    }
  }
}
