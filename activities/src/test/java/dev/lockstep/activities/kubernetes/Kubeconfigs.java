package dev.lockstep.activities.kubernetes;

/** The smallest kubeconfig. */
final class Kubeconfigs {
  private Kubeconfigs() {}

  static String of(String server) {
    return """
    apiVersion: v1
    kind: Config
    current-context: test
    clusters: [{name: test, cluster: {server: "%s"}}]
    users: [{name: test, user: {}}]
    contexts: [{name: test, context: {cluster: test, user: test}}]
    """
        .formatted(server);
  }
}
