package dev.lockstep.deploy.cluster;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** How many pods a Deployment was to have, from now on. */
final class Replicas implements Watcher<Deployment>, AutoCloseable {
  private static final String STILL = "lockstep.dev/still-for-backup";

  private final List<Integer> wanted = new CopyOnWriteArrayList<>();
  private final List<String> marks = new CopyOnWriteArrayList<>();
  private final Watch watch;

  Replicas(Lab lab, String deployment) {
    watch =
        lab.client()
            .apps()
            .deployments()
            .inNamespace(Lab.NAMESPACE)
            .withName(deployment)
            .watch(this);
  }

  @Override
  public synchronized void eventReceived(Action action, Deployment deployment) {
    int now = Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    if (wanted.isEmpty() || wanted.get(wanted.size() - 1) != now) {
      wanted.add(now);
    }
    Map<String, String> annotations =
        Optional.ofNullable(deployment.getMetadata().getAnnotations()).orElse(Map.of());
    String mark = annotations.getOrDefault(STILL, "");
    if (marks.isEmpty() || !marks.get(marks.size() - 1).equals(mark)) {
      marks.add(mark);
    }
  }

  @Override
  public void onClose(WatcherException cause) {}

  /** Each number that it was changed to. */
  List<Integer> wanted() {
    return List.copyOf(wanted);
  }

  /** Each note of who makes it stand still; empty for none. */
  List<String> marks() {
    return List.copyOf(marks);
  }

  @Override
  public void close() {
    watch.close();
  }
}
