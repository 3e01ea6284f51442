package dev.lockstep.deploy.e2e;

import dev.lockstep.worker.demo.cluster.PodRunner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Pods that do nothing but have an image. */
public final class Pods implements PodRunner {
  private final Map<String, String> images = new ConcurrentHashMap<>();

  @Override
  public void start(String pod, String image) {
    images.put(pod, image);
  }

  @Override
  public void stop(String pod) {
    images.remove(pod);
  }

  /** What runs in the pods of a Deployment. */
  public List<String> images(String deployment) {
    return images.entrySet().stream()
        .filter(pod -> pod.getKey().startsWith(deployment + "-"))
        .map(Map.Entry::getValue)
        .toList();
  }
}
