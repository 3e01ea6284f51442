package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.SignalChecks;
import dev.lockstep.definitions.check.StoreChecks;
import java.util.Optional;

/** The texts that several kinds of store use. */
final class StoreTexts {
  private StoreTexts() {}

  /** What stands before every name; the last slash may be left out. */
  static Shape<String> prefix() {
    return new ParsedShape<>(
            "a folder in the store, such as shop/nightly/, without a / before it",
            StoreChecks.PREFIX,
            StoreTexts::prefix,
            text -> text)
        .described("What the name of every object begins with; a / is added at its end.");
  }

  private static Optional<String> prefix(String text) {
    return Optional.of(text)
        .filter(StoreChecks.PREFIX.asMatchPredicate())
        .map(name -> name.isEmpty() || name.endsWith("/") ? name : name + "/");
  }

  static Shape<String> endpoint(String whenLeftOut) {
    return new QuietShape(
            "the address of a service, such as http://HOST:9000, without user and key",
            SignalChecks.URL)
        .described("Address of the service. " + whenLeftOut);
  }
}
