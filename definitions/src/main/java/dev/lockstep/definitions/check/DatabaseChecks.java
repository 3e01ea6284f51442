package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.WorkloadReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a database's spec must keep. */
record DatabaseChecks(List<Problem> problems) {
  boolean check(Database database) {
    boolean sound = database.connection().accept(new Address(database.engine(), problems));
    Set<WorkloadReference> seen = new LinkedHashSet<>();
    for (int index = 0; index < database.workloads().size(); index++) {
      WorkloadReference workload = database.workloads().get(index);
      String path = "spec.workloads[" + index + "]";
      Workloads.check(path, workload, problems);
      if (!seen.add(workload)) {
        problems.add(
            Problem.at(path, Code.NAME_TAKEN, "is " + workload + ", which is listed twice"));
      }
    }
    return sound;
  }

  private record Address(Engine engine, List<Problem> problems)
      implements Connection.Visitor<Boolean> {
    @Override
    public Boolean url(Connection.Url url) {
      String prefix = prefix(engine);
      boolean fits = url.jdbcUrl().startsWith(prefix);
      if (!fits) {
        problems.add(
            Problem.at("spec.connection.url", Code.VALUE_WRONG, "does not begin with " + prefix));
      }
      return fits;
    }

    @Override
    public Boolean service(Connection.Service service) {
      Labels.check("spec.connection.service.namespace", service.namespace(), problems);
      Labels.check("spec.connection.service.name", service.name(), problems);
      return true;
    }

    @Override
    public Boolean folder(Connection.Folder folder) {
      throw new IllegalArgumentException("no definition has a folder: " + folder.path());
    }

    private static String prefix(Engine engine) {
      return switch (engine) {
        case POSTGRESQL -> "jdbc:postgresql:";
        case MYSQL -> "jdbc:mysql:";
        case MARIADB -> "jdbc:mariadb:";
      };
    }
  }
}
