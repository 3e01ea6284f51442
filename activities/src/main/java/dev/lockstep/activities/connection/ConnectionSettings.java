package dev.lockstep.activities.connection;

import dev.lockstep.definitions.model.Engine;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How connections are made.
 *
 * @param serviceTemplates the JDBC URL of a Kubernetes Service, by what runs behind it; {@code
 *     {name}}, {@code {namespace}}, {@code {port}} and {@code {database}} are replaced; an engine
 *     that is not there has the default one
 * @param poolSize most connections to one database; one backfill needs its parallelism and one more
 * @param timeout for a connection to be made, and for a free one to be had
 */
public record ConnectionSettings(
    Map<Engine, String> serviceTemplates, int poolSize, Duration timeout) {
  private static final String OF_POSTGRES =
      "jdbc:postgresql://{name}.{namespace}.svc:{port}/{database}";

  private static final String OF_MARIADB =
      "jdbc:mariadb://{name}.{namespace}.svc:{port}/{database}";

  /**
   * MySQL takes passwords over an encrypted connection only, unless the client asks for its public
   * key in the clear; its certificate is one of its own making.
   *
   * @see <a
   *     href="https://dev.mysql.com/doc/refman/9.4/en/caching-sha2-pluggable-authentication.html">
   *     Authentication</a>
   */
  private static final String OF_MYSQL = OF_MARIADB + "?sslMode=trust";

  /**
   * The cluster's own names; twenty-eight connections, because the backfills of a run may have
   * sixteen ranges at a time, and eight tables whose health is looked at; three seconds, which is
   * less than the five after which a silent activity is taken for dead, so that the reason is told.
   */
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(Map.of(), 28, Duration.ofSeconds(3));

  public ConnectionSettings {
    Map<Engine, String> all =
        new EnumMap<>(
            Map.of(
                Engine.POSTGRESQL, OF_POSTGRES,
                Engine.MYSQL, OF_MYSQL,
                Engine.MARIADB, OF_MARIADB));
    all.putAll(serviceTemplates);
    serviceTemplates = Collections.unmodifiableMap(all);
  }

  /** With another template for PostgreSQL. */
  public ConnectionSettings(String serviceTemplate, int poolSize, Duration timeout) {
    this(Map.of(Engine.POSTGRESQL, serviceTemplate), poolSize, timeout);
  }

  /** That of PostgreSQL. */
  public String serviceTemplate() {
    return serviceTemplate(Engine.POSTGRESQL);
  }

  /** That of one engine. */
  public String serviceTemplate(Engine engine) {
    return serviceTemplates.getOrDefault(engine, "");
  }
}
