package dev.lockstep.activities.connection;

import java.time.Duration;

/**
 * How connections are made.
 *
 * @param serviceTemplate the JDBC URL of a Kubernetes Service; {@code {name}}, {@code {namespace}},
 *     {@code {port}} and {@code {database}} are replaced
 * @param poolSize most connections to one database; one backfill needs its parallelism and one more
 * @param timeout for a connection to be made, and for a free one to be had
 */
public record ConnectionSettings(String serviceTemplate, int poolSize, Duration timeout) {
  /**
   * The cluster's own names; twenty-eight connections, because the backfills of a run may have
   * sixteen ranges at a time, and eight tables whose health is looked at; three seconds, which is
   * less than the five after which a silent activity is taken for dead, so that the reason is told.
   */
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(
          "jdbc:postgresql://{name}.{namespace}.svc:{port}/{database}", 28, Duration.ofSeconds(3));
}
