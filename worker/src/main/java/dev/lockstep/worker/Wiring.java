package dev.lockstep.worker;

import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.activities.kubernetes.KubernetesSecrets;
import dev.lockstep.activities.kubernetes.KubernetesWorkloadActivities;
import dev.lockstep.activities.kubernetes.KubernetesWorkloads;
import dev.lockstep.activities.planning.DefinitionPlanning;
import dev.lockstep.activities.postgres.PostgresGateActivities;
import dev.lockstep.activities.postgres.PostgresLedgerActivities;
import dev.lockstep.activities.postgres.rows.PostgresRowActivities;
import dev.lockstep.activities.postgres.schema.PostgresSchemaActivities;
import dev.lockstep.worker.config.DefinitionFolder;
import dev.lockstep.worker.config.Settings;

/** The only place that makes adapters. Nothing is connected before it is used. */
public final class Wiring implements AutoCloseable {
  private final Databases databases;
  private final ClusterConnection cluster;
  private final DefinitionPlanning planning;

  private Wiring(Settings settings) {
    this.cluster = ClusterConnection.fromEnvironment();
    this.databases =
        new Databases(
            new ConnectionSettings(
                settings.serviceTemplate(),
                ConnectionSettings.DEFAULT.poolSize(),
                ConnectionSettings.DEFAULT.timeout()),
            new KubernetesSecrets(cluster));
    this.planning =
        new DefinitionPlanning(
            databases,
            new DefinitionFolder(settings.definitionsPath()),
            new KubernetesWorkloads(cluster));
  }

  /** For these settings. */
  public static Wiring of(Settings settings) {
    return new Wiring(settings);
  }

  /** Plans without an engine. */
  public DefinitionPlanning planning() {
    return planning;
  }

  /** What a worker registers. */
  public Object[] activities() {
    return new Object[] {
      planning,
      new PostgresLedgerActivities(databases),
      new PostgresSchemaActivities(databases),
      new PostgresRowActivities(databases),
      new PostgresGateActivities(databases),
      new KubernetesWorkloadActivities(cluster)
    };
  }

  @Override
  public void close() {
    databases.close();
    cluster.close();
  }
}
