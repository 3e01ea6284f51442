package dev.lockstep.worker.server;

import dev.lockstep.definitions.model.SecretReference;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Who may ask for runs, and who may tell them something.
 *
 * @param controllers names of tokens that may do both, and where each is found
 * @param readers those that may only ask
 */
record ControlTokens(
    SortedMap<String, SecretReference> controllers,
    SortedMap<String, SecretReference> readers,
    Function<SecretReference, String> secrets) {
  private static final String SCHEME = "bearer ";

  ControlTokens {
    controllers = new TreeMap<>(controllers);
    readers = new TreeMap<>(readers);
  }

  /** The token in a header {@code Authorization}. */
  static Optional<String> bearer(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  /** The name of the token, where it may tell runs something. */
  Optional<String> controller(Sent sent) {
    return find(controllers, sent);
  }

  /** The name of the token, where it may ask. */
  Optional<String> reader(Sent sent) {
    return controller(sent).or(() -> find(readers, sent));
  }

  private Optional<String> find(Map<String, SecretReference> tokens, Sent sent) {
    Optional<String> given = sent.header("Authorization").flatMap(ControlTokens::bearer);
    return given.flatMap(
        token ->
            tokens.entrySet().stream()
                .filter(known -> Signatures.same(token, secrets.apply(known.getValue())))
                .map(Map.Entry::getKey)
                .findFirst());
  }
}
