package dev.lockstep.activities.postgres.dialect;

import liquibase.database.OfflineConnection;
import liquibase.database.core.PostgresDatabase;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.structure.DatabaseObject;

/** Liquibase's PostgreSQL without a server, quoting names as this package does. */
final class OfflinePostgres extends PostgresDatabase {
  /** The oldest version that is supported; nothing that is generated differs in later ones. */
  private static final String URL = "offline:postgresql?version=13&outputLiquibaseSql=none";

  OfflinePostgres() {
    setConnection(new OfflineConnection(URL, new ClassLoaderResourceAccessor()));
    setOutputDefaultSchema(true);
  }

  @Override
  public String escapeObjectName(String name, Class<? extends DatabaseObject> type) {
    return Identifiers.quote(VerbatimName.decode(name));
  }
}
