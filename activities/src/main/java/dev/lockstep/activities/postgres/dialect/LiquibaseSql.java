package dev.lockstep.activities.postgres.dialect;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import liquibase.change.Change;
import liquibase.datatype.DataTypeFactory;
import liquibase.sql.Sql;
import liquibase.sqlgenerator.SqlGeneratorFactory;

/** Generates the SQL of one change by Liquibase. The first call takes about 0.6 s, others none. */
final class LiquibaseSql {
  private LiquibaseSql() {}

  /** The one statement of the change. Liquibase's generators share state, hence one at a time. */
  static synchronized String of(Change change) {
    List<String> statements =
        Arrays.stream(SqlGeneratorFactory.getInstance().generateSql(change, Offline.DATABASE))
            .map(Sql::toSql)
            .collect(Collectors.toList());
    if (statements.size() != 1) {
      throw new IllegalStateException("one statement expected, Liquibase wrote " + statements);
    }
    return statements.get(0);
  }

  /** Made at first use: most of a process's commands write no SQL. */
  private static final class Offline {
    static final OfflinePostgres DATABASE = create();

    private static OfflinePostgres create() {
      OfflinePostgres database = new OfflinePostgres();
      DataTypeFactory.getInstance().register(new VerbatimType());
      return database;
    }
  }
}
