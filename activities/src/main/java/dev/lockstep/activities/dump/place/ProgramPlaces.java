package dev.lockstep.activities.dump.place;

import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.activities.kubernetes.PodName;
import dev.lockstep.activities.kubernetes.PodPrograms;
import dev.lockstep.activities.kubernetes.ToolJob;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Finds where the programs of a backup run. */
public final class ProgramPlaces {
  /** What programs do that fill a database. */
  public static final String LOAD = "load";

  private final PodPrograms pods;

  /** On the worker, or in that cluster. */
  public ProgramPlaces(ClusterConnection cluster) {
    this.pods = new PodPrograms(cluster);
  }

  /**
   * Opens it, to be closed by the caller.
   *
   * @param purpose what the programs do there: {@code inspect}, {@code dump} or {@link #LOAD}
   * @param alive called while something is waited for
   */
  public Place open(Database database, Backup backup, String purpose, Runnable alive) {
    Dump dump = backup.dump();
    return switch (dump.through()) {
      case CLIENT -> new WorkerPlace();
      case EXEC -> new PodPlace(pods, pod(database, dump, purpose));
      case JOB -> {
        Dump.Job job = dump.job().orElseThrow(() -> wrong("a dump by a Job needs dump.job"));
        ToolJob.Spec spec = new ToolJob.Spec(job.namespace(), job.image(), job.serviceAccount());
        yield new JobPlace(pods, new ToolJob(pods, name(database, backup, purpose), spec), alive);
      }
    };
  }

  /** The same for every attempt: one backup is dumped by one run at a time. */
  private static String name(Database database, Backup backup, String purpose) {
    String of = backup.name() + "\n" + database.name();
    UUID hash = UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
    return "lockstep-" + purpose + "-" + hash;
  }

  /** A new instance has the programs of the old one, which may be gone. */
  private PodName pod(Database database, Dump dump, String purpose) {
    return dump.pod()
        .filter(pod -> !(purpose.equals(LOAD) && database.connection().accept(new IsService())))
        .map(pod -> pods.ofStatefulSet(pod.namespace(), pod.statefulSet(), pod.container()))
        .orElseGet(() -> database.connection().accept(new Behind(pods)));
  }

  private static RuntimeException wrong(String what) {
    return Faults.failure(FaultCode.DEFINITION_WRONG, what, "");
  }

  private static final class IsService implements Connection.Visitor<Boolean> {
    @Override
    public Boolean url(Connection.Url url) {
      return false;
    }

    @Override
    public Boolean service(Connection.Service service) {
      return true;
    }

    @Override
    public Boolean folder(Connection.Folder folder) {
      return false;
    }
  }

  private record Behind(PodPrograms pods) implements Connection.Visitor<PodName> {
    @Override
    public PodName url(Connection.Url url) {
      throw wrong("a dump through exec needs dump.pod, or a Service as the connection");
    }

    @Override
    public PodName service(Connection.Service service) {
      return pods.behindService(service.namespace(), service.name());
    }

    @Override
    public PodName folder(Connection.Folder folder) {
      throw wrong("no pod has the folder " + folder.path());
    }
  }
}
