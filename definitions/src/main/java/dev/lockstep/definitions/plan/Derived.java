package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import java.util.List;
import java.util.Optional;

/**
 * The database of a new instance: like that of the source, but behind the instance's own Service.
 */
record Derived(Database source, Instance instance)
    implements Connection.Visitor<Optional<Connection>> {
  static Derived of(Database source, Instance instance) {
    return new Derived(source, instance);
  }

  /** Empty where the source is given by a URL: nothing says what of it would be another. */
  Optional<Database> named(String name) {
    return source
        .connection()
        .accept(this)
        .map(
            connection ->
                new Database(name, source.engine(), connection, source.credentials(), List.of()));
  }

  @Override
  public Optional<Connection> url(Connection.Url url) {
    return Optional.empty();
  }

  @Override
  public Optional<Connection> service(Connection.Service service) {
    return Optional.of(
        new Connection.Service(
            instance.namespace(), instance.name(), service.port(), service.database()));
  }

  @Override
  public Optional<Connection> folder(Connection.Folder folder) {
    return Optional.empty();
  }
}
