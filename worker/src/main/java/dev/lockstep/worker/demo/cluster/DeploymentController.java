package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated Deployment controller. Rolls as RollingUpdate with maxSurge 1 and maxUnavailable 0:
 *
 * <ol>
 *   <li>See the newest template; make its ReplicaSet.
 *   <li>Start one new pod while there is at most one pod more than wanted.
 *   <li>An old pod that never became ready goes at once; a ready one as soon as more pods are ready
 *       than wanted.
 *   <li>Write the status; again from the top.
 * </ol>
 *
 * One pod at a time over all Deployments. A paused Deployment keeps its pods.
 */
final class DeploymentController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeploymentController.class);
  private static final long TICK_MILLIS = 50;
  private static final long NEVER = -1;
  private static final long STOP_SECONDS = 10;

  private final ObjectStore store;
  private final ReplicaSets replicaSets;
  private final Pods pods;
  private final DeploymentStatus status;
  private final Thread thread;
  private volatile boolean stopped;

  DeploymentController(ObjectStore store, Pods pods) {
    this.store = store;
    this.replicaSets = new ReplicaSets(store);
    this.pods = pods;
    this.status = new DeploymentStatus(store);
    this.thread = new Thread(this::run, "simulated-controller");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the controller; the pods that are there stay as they are. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long settled = NEVER;
    while (!stopped) {
      try {
        long seen = store.version();
        if (seen != settled) {
          List<ObjectStore.Place> all = store.places("deployments");
          all.forEach(this::reconcile);
          settled = seen == store.version() && all.stream().allMatch(this::complete) ? seen : NEVER;
        }
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("the simulated controller failed; it goes on", e);
      }
    }
  }

  /** Only a Deployment that is not complete changes without being written: by its deadline. */
  private boolean complete(ObjectStore.Place place) {
    return store.find(place).map(DeploymentStatus::complete).orElse(true);
  }

  private void reconcile(ObjectStore.Place place) {
    Optional<ObjectNode> found = store.exclusively(() -> observe(place));
    if (found.isEmpty()) {
      return;
    }
    ObjectNode deployment = found.get();
    Optional<ObjectNode> current = replicaSets.current(deployment);
    Runnable report = () -> status.write(place, deployment, count(deployment, current));
    report.run();
    if (current.isPresent() && (!paused(deployment) || onlyCurrent(deployment, current.get()))) {
      step(deployment, current.get(), report);
      report.run();
    }
  }

  /** Reads the Deployment, with the ReplicaSet of its template made unless it is paused. */
  private Optional<ObjectNode> observe(ObjectStore.Place place) {
    return store
        .find(place)
        .map(
            deployment -> {
              if (paused(deployment)) {
                return deployment;
              }
              ObjectNode set = replicaSets.ensureCurrent(deployment);
              String revision = Long.toString(ReplicaSets.revision(set));
              ObjectNode annotations = deployment.withObject("/metadata/annotations");
              if (!annotations.path(ReplicaSets.REVISION).asText().equals(revision)) {
                annotations.put(ReplicaSets.REVISION, revision);
                return store.put(place, deployment);
              }
              return deployment;
            });
  }

  private void step(ObjectNode deployment, ObjectNode current, Runnable report) {
    int wanted = wanted(deployment);
    List<ObjectNode> young = pods.of(current);
    List<ObjectNode> old = oldPods(deployment, current);
    long ready =
        young.stream().filter(Pods::ready).count() + old.stream().filter(Pods::ready).count();
    Optional<ObjectNode> broken = old.stream().filter(pod -> !Pods.ready(pod)).findFirst();
    if (broken.isPresent()) {
      pods.delete(broken.get(), report);
    } else if (young.size() < wanted && young.size() + old.size() <= wanted) {
      pods.create(current);
    } else if (!old.isEmpty() && ready > wanted) {
      pods.delete(old.get(0), report);
    } else if (young.size() > wanted) {
      pods.delete(young.get(young.size() - 1), report);
    } else if (!old.isEmpty() && wanted == 0) {
      pods.delete(old.get(0), report);
    }
  }

  private DeploymentStatus.Counts count(ObjectNode deployment, Optional<ObjectNode> current) {
    List<ObjectNode> young = current.map(pods::of).orElse(List.of());
    List<ObjectNode> all =
        replicaSets.of(deployment).stream().flatMap(set -> pods.of(set).stream()).toList();
    return new DeploymentStatus.Counts(
        wanted(deployment),
        all.size(),
        young.size(),
        (int) all.stream().filter(Pods::ready).count(),
        (int) young.stream().filter(Pods::ready).count());
  }

  private List<ObjectNode> oldPods(ObjectNode deployment, ObjectNode current) {
    return replicaSets.of(deployment).stream()
        .filter(set -> !set.at("/metadata/uid").equals(current.at("/metadata/uid")))
        .flatMap(set -> pods.of(set).stream())
        .toList();
  }

  private boolean onlyCurrent(ObjectNode deployment, ObjectNode current) {
    return oldPods(deployment, current).isEmpty();
  }

  private static int wanted(ObjectNode deployment) {
    return deployment.at("/spec/replicas").asInt(1);
  }

  private static boolean paused(ObjectNode deployment) {
    return deployment.at("/spec/paused").asBoolean();
  }
}
