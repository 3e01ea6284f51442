package dev.lockstep.definitions.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * A StatefulSet of a database, with a headless Service of the same name and claims of its own,
 * derived from another one.
 *
 * @param namespace where it is made; a throw-away one is made with it
 * @param like the StatefulSet it is derived from
 * @param likeNamespace where that one is
 * @param throwAway present: the namespace is made for it, isolated, and may be removed by anybody
 *     after that time
 */
public record Instance(
    String namespace,
    String name,
    String like,
    String likeNamespace,
    Optional<Duration> throwAway) {
  @Override
  public String toString() {
    return "StatefulSet " + namespace + "/" + name;
  }
}
