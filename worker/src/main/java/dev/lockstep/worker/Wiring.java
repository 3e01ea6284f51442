package dev.lockstep.worker;

import dev.lockstep.activities.backup.Conclusions;
import dev.lockstep.activities.backup.StoreBackupActivities;
import dev.lockstep.activities.backup.StoreKeptActivities;
import dev.lockstep.activities.backup.Vaults;
import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TokenReader;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpEngines;
import dev.lockstep.activities.dump.EngineTable;
import dev.lockstep.activities.dump.mysql.MydumperEngine;
import dev.lockstep.activities.dump.mysql.MysqlDumpEngine;
import dev.lockstep.activities.dump.mysql.MysqlProgramEngine;
import dev.lockstep.activities.dump.mysql.PortableMysqlEngine;
import dev.lockstep.activities.dump.physical.PhysicalEngine;
import dev.lockstep.activities.dump.place.ProgramPlaces;
import dev.lockstep.activities.dump.portable.DroppedSession;
import dev.lockstep.activities.dump.portable.PortableEngine;
import dev.lockstep.activities.dump.postgres.PostgresDumpEngine;
import dev.lockstep.activities.kept.KeptRestore;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.activities.kubernetes.KubernetesInstanceActivities;
import dev.lockstep.activities.kubernetes.KubernetesQuiesceActivities;
import dev.lockstep.activities.kubernetes.KubernetesSecrets;
import dev.lockstep.activities.kubernetes.KubernetesWorkloadActivities;
import dev.lockstep.activities.kubernetes.KubernetesWorkloads;
import dev.lockstep.activities.notice.ReceiverNoticeActivities;
import dev.lockstep.activities.planning.DefinitionPlanning;
import dev.lockstep.activities.postgres.PostgresGateActivities;
import dev.lockstep.activities.postgres.PostgresLedgerActivities;
import dev.lockstep.activities.postgres.rows.PostgresRowActivities;
import dev.lockstep.activities.postgres.schema.PostgresSchemaActivities;
import dev.lockstep.activities.restore.DatabaseRestoreActivities;
import dev.lockstep.activities.restore.RunConclusions;
import dev.lockstep.activities.restore.SessionLocks;
import dev.lockstep.activities.restore.VaultBackups;
import dev.lockstep.activities.storage.DefinedStores;
import dev.lockstep.activities.storage.Stores;
import dev.lockstep.worker.config.DefinitionFolder;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.workflows.contract.NoticeActivities;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The only place that makes adapters. Nothing is connected before it is used. */
public final class Wiring implements AutoCloseable {
  /** Slower ones are asked again; an activity may take 40 s. */
  private static final Duration RECEIVER_PATIENCE = Duration.ofSeconds(20);

  private final Databases databases;
  private final ClusterConnection cluster;
  private final DefinitionPlanning planning;
  private final Vaults vaults;
  private final VaultBackups backups;
  private final Optional<SessionLocks> locks;

  private Wiring(Settings settings, Optional<SessionLocks> locks) {
    this.locks = locks;
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

  /** For these settings, and a service that starts no run twice. */
  public static Wiring of(Settings settings) {
    return new Wiring(settings, Optional.empty());
  }

  /** For these settings, and a service that knows the runs of this process alone. */
  public static Wiring alone(Settings settings) {
    return new Wiring(settings, Optional.of(new SessionLocks()));
  }

  /** Plans without an engine. */
  public DefinitionPlanning planning() {
    return planning;
  }

  /** Databases of definitions. */
  public Databases databases() {
    return databases;
  }

  /** Stores, whatever is in them. */
  public Stores stores() {
    return new DefinedStores(databases.tokens());
  }

  /** Stores of backups without an engine. */
  public Vaults vaults() {
    return vaults;
  }

  /** Brings back what migrations dropped, without an engine. */
  public KeptRestore keptRestore() {
    return new KeptRestore(vaults, databases);
  }

  /** Tells receivers, also without an engine. */
  public NoticeActivities notices() {
    TokenReader secrets = databases.tokens();
    return new ReceiverNoticeActivities(secrets::read, Clock.systemUTC(), RECEIVER_PATIENCE);
  }

  private DumpEngines engines() {
    DumpEngine postgres = new PostgresDumpEngine(databases, cluster);
    ProgramPlaces places = new ProgramPlaces(cluster);
    return new EngineTable(
        postgres,
        new MysqlProgramEngine(
            new MysqlDumpEngine(databases, places::open, Optional.empty()),
            new MydumperEngine(databases, places::open, Optional.empty())),
        new PortableEngine(databases, postgres::marks),
        new PortableMysqlEngine(databases),
        new PhysicalEngine(databases, cluster, Optional.empty(), postgres::marks));
  }

  /** What a worker registers. */
  public Object[] activities() {
    DumpEngines engines = engines();
    TokenReader secrets = databases.tokens();
    Conclusions conclusions = new RunConclusions(stores(), backups, secrets::read);
    DatabaseRestoreActivities restores = new DatabaseRestoreActivities(engines, backups);
    return new Object[] {
      new StoreBackupActivities(vaults, engines, conclusions),
      new StoreKeptActivities(
          vaults, (database, data) -> DroppedSession.begin(databases.open(database), data)),
      locks.map(by -> by.around(databases, restores)).orElse(restores),
      new KubernetesInstanceActivities(cluster),
      new KubernetesQuiesceActivities(cluster),
      planning,
      notices(),
      new PostgresLedgerActivities(databases),
      new PostgresSchemaActivities(databases),
      new PostgresRowActivities(databases),
      new PostgresGateActivities(databases),
      new KubernetesWorkloadActivities(cluster)
    };
  }

  @Override
  public void close() {
    locks.ifPresent(SessionLocks::close);
    databases.close();
    cluster.close();
  }
}
