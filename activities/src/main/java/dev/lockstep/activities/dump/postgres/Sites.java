package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.dump.place.ProgramPlaces;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.Optional;

/** Finds where the programs of a backup run. */
public final class Sites {
  private final Databases databases;
  private final ProgramPlaces places;
  private final Optional<String> folder;

  /**
   * Of a worker.
   *
   * @param folder of the worker's programs; absent: the usual ones
   */
  public Sites(Databases databases, ProgramPlaces places, Optional<String> folder) {
    this.databases = databases;
    this.places = places;
    this.folder = folder;
  }

  /**
   * Opens it.
   *
   * @param purpose what the programs do there: {@code inspect}, {@code dump} or {@code load}
   * @param alive called while something is waited for
   */
  public Site open(Database database, Backup backup, String purpose, Runnable alive) {
    boolean away = backup.dump().through() != Dump.Through.CLIENT;
    String url = away ? database.connection().accept(new InCluster()) : databases.address(database);
    return new Site(
        places.open(database, backup, purpose, alive),
        ServerAddress.of(url).environment(databases.login(database), "lockstep " + purpose),
        away ? Optional.empty() : folder);
  }

  /** A Service by its name in the cluster, whatever leads to it from the worker. */
  private record InCluster() implements Connection.Visitor<String> {
    @Override
    public String url(Connection.Url url) {
      return url.jdbcUrl();
    }

    @Override
    public String service(Connection.Service service) {
      return "jdbc:postgresql://%s.%s.svc:%d/%s"
          .formatted(service.name(), service.namespace(), service.port(), service.database());
    }

    @Override
    public String folder(Connection.Folder folder) {
      throw Faults.failure(
          FaultCode.DEFINITION_WRONG, "a folder is not dumped: " + folder.path(), "");
    }
  }
}
