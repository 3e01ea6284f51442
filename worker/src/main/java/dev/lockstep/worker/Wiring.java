package dev.lockstep.worker;

import dev.lockstep.activities.backup.Conclusions;
import dev.lockstep.activities.backup.StoreBackupActivities;
import dev.lockstep.activities.backup.Vaults;
import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TokenReader;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpEngines;
import dev.lockstep.activities.dump.EngineTable;
import dev.lockstep.activities.dump.mysql.MysqlDumpEngine;
import dev.lockstep.activities.dump.place.ProgramPlaces;
import dev.lockstep.activities.dump.portable.PortableEngine;
import dev.lockstep.activities.dump.postgres.PostgresDumpEngine;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.activities.kubernetes.KubernetesInstanceActivities;
import dev.lockstep.activities.kubernetes.KubernetesSecrets;
import dev.lockstep.activities.kubernetes.KubernetesWorkloadActivities;
import dev.lockstep.activities.kubernetes.KubernetesWorkloads;
import dev.lockstep.activities.planning.DefinitionPlanning;
import dev.lockstep.activities.postgres.PostgresGateActivities;
import dev.lockstep.activities.postgres.PostgresLedgerActivities;
import dev.lockstep.activities.postgres.rows.PostgresRowActivities;
import dev.lockstep.activities.postgres.schema.PostgresSchemaActivities;
import dev.lockstep.activities.restore.DatabaseRestoreActivities;
import dev.lockstep.activities.restore.RunConclusions;
import dev.lockstep.activities.restore.VaultBackups;
import dev.lockstep.activities.storage.DefinedStores;
import dev.lockstep.activities.storage.Stores;
import dev.lockstep.worker.config.DefinitionFolder;
import dev.lockstep.worker.config.Settings;
import java.util.Optional;

/** The only place that makes adapters. Nothing is connected before it is used. */
public final class Wiring implements AutoCloseable {
  private final Databases databases;
  private final ClusterConnection cluster;
  private final DefinitionPlanning planning;
  private final Vaults vaults;
  private final VaultBackups backups;

  private Wiring(Settings settings) {
    this.cluster = ClusterConnection.fromEnvironment();
    this.databases =
        new Databases(
            new ConnectionSettings(
                settings.serviceTemplate(),
                ConnectionSettings.DEFAULT.poolSize(),
                ConnectionSettings.DEFAULT.timeout()),
            new KubernetesSecrets(cluster));
    TokenReader secrets = databases.tokens();
    this.vaults = new Vaults(stores(), secrets::read);
    this.backups = new VaultBackups(vaults);
    this.planning =
        new DefinitionPlanning(
            databases,
            new DefinitionFolder(settings.definitionsPath()),
            new KubernetesWorkloads(cluster),
            backups);
  }

  /** For these settings. */
  public static Wiring of(Settings settings) {
    return new Wiring(settings);
  }

  /** Plans without an engine. */
  public DefinitionPlanning planning() {
    return planning;
  }

  /** Stores, whatever is in them. */
  public Stores stores() {
    return new DefinedStores(databases.tokens());
  }

  /** Stores of backups without an engine. */
  public Vaults vaults() {
    return vaults;
  }

  private DumpEngines engines() {
    DumpEngine postgres = new PostgresDumpEngine(databases, cluster);
    ProgramPlaces places = new ProgramPlaces(cluster);
    return new EngineTable(
        postgres,
        new MysqlDumpEngine(databases, places::open, Optional.empty()),
        new PortableEngine(databases, postgres::marks));
  }

  /** What a worker registers. */
  public Object[] activities() {
    DumpEngines engines = engines();
    TokenReader secrets = databases.tokens();
    Conclusions conclusions = new RunConclusions(stores(), backups, secrets::read, backups);
    return new Object[] {
      new StoreBackupActivities(vaults, engines, conclusions),
      new DatabaseRestoreActivities(engines, backups),
      new KubernetesInstanceActivities(cluster),
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
