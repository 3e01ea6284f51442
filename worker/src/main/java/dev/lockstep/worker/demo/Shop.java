package dev.lockstep.worker.demo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The application that is rolled out: its pods are clients of the database. */
final class Shop implements AutoCloseable {
  private final DemoDatabase database;
  private final Names names = new Names();
  private final Traffic traffic = new Traffic();
  private final Map<String, ShopClient> pods = new ConcurrentHashMap<>();

  Shop(DemoDatabase database) {
    this.database = database;
  }

  Names names() {
    return names;
  }

  Traffic traffic() {
    return traffic;
  }

  /** Starts a pod of that image. */
  void start(String pod, String image) {
    pods.put(pod, ShopClient.start(database, ShopVersion.ofImage(image), this, pod));
  }

  /** Stops a pod once its request under way has ended. */
  void stop(String pod) {
    ShopClient client = pods.remove(pod);
    if (client != null) {
      client.close();
    }
  }

  void stopAll() {
    pods.keySet().forEach(this::stop);
  }

  @Override
  public void close() {
    stopAll();
  }
}
