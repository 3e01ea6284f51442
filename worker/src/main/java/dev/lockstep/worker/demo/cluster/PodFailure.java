package dev.lockstep.worker.demo.cluster;

/**
 * How pods of an image fail, as a kubelet reports it.
 *
 * @param reason such as {@code ImagePullBackOff}
 * @param message for people
 * @param log what the application wrote before it failed; empty: it never ran
 */
public record PodFailure(String reason, String message, String log) {
  /** The image cannot be pulled. */
  public static PodFailure pulling(String image) {
    return new PodFailure("ImagePullBackOff", "Back-off pulling image \"" + image + "\"", "");
  }
}
