package dev.lockstep.worker.demo;

import dev.lockstep.worker.demo.cluster.PodRunner;

/** The pods of the simulated cluster are clients of the shop. */
record ShopPods(Shop shop) implements PodRunner {
  @Override
  public void start(String pod, String image) {
    shop.start(pod, image);
  }

  @Override
  public void stop(String pod) {
    shop.stop(pod);
  }
}
