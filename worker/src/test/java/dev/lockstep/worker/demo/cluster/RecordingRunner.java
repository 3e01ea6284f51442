package dev.lockstep.worker.demo.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** Remembers which pods run, and every set of images that ever ran at once. */
final class RecordingRunner implements PodRunner {
  private final Map<String, String> running = new TreeMap<>();
  private volatile CountDownLatch mayStop = new CountDownLatch(0);
  private final List<List<String>> history = new ArrayList<>();

  @Override
  public synchronized void start(String pod, String image) {
    running.put(pod, image);
    remember();
  }

  @Override
  public void stop(String pod) {
    try {
      mayStop.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    ended(pod);
  }

  /** Lets no pod end until {@link #endNow}. */
  void endSlowly() {
    mayStop = new CountDownLatch(1);
  }

  void endNow() {
    mayStop.countDown();
  }

  private synchronized void ended(String pod) {
    if (running.remove(pod) == null) {
      throw new IllegalStateException(pod + " does not run");
    }
    remember();
  }

  /** Images of the pods that run, sorted. */
  synchronized List<String> images() {
    return running.values().stream().sorted().toList();
  }

  synchronized List<List<String>> history() {
    return List.copyOf(history);
  }

  private void remember() {
    history.add(images());
  }
}
