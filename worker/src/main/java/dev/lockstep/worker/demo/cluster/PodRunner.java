package dev.lockstep.worker.demo.cluster;

/**
 * What runs in the pods of the simulated cluster. Called from one thread, one pod at a time, never
 * twice for the same pod.
 */
public interface PodRunner {
  /**
   * Starts the application of a pod and returns when it is ready for work. An exception means that
   * it crashed: the pod never becomes ready.
   *
   * @param pod unique name, such as {@code web-5d8f4c7b9a-x2k4q}
   * @param image of the pod's first container
   */
  void start(String pod, String image);

  /** Ends the application of a started pod and returns when it has ended. */
  void stop(String pod);
}
