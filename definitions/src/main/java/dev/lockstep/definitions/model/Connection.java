package dev.lockstep.definitions.model;

/** Where a database listens. */
public sealed interface Connection {
  /** Calls the method of {@code visitor} that fits this form. */
  <R> R accept(Visitor<R> visitor);

  /**
   * An address as a driver takes it.
   *
   * @param jdbcUrl {@code jdbc:postgresql://HOST:PORT/DATABASE?OPTIONS}, without user and password
   */
  record Url(String jdbcUrl) implements Connection {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.url(this);
    }
  }

  /**
   * A Kubernetes Service, reached by its cluster-internal name.
   *
   * @param port of the Service, 1 to 65535
   * @param database the database's name on that server
   */
  record Service(String namespace, String name, int port, String database) implements Connection {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.service(this);
    }
  }

  /**
   * A folder of the worker with the files of a server, which runs only while it is asked. No
   * definition has one: it is where a physical backup is restored to.
   *
   * @param path absolute
   * @param database the database's name on that server
   */
  record Folder(String path, String database) implements Connection {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.folder(this);
    }
  }

  /** One answer for each form. */
  interface Visitor<R> {
    /** Answers for an address. */
    R url(Url url);

    /** Answers for a Kubernetes Service. */
    R service(Service service);

    /** Answers for a folder. */
    R folder(Folder folder);
  }
}
