package dev.lockstep.activities.connection;

import dev.lockstep.definitions.model.SecretReference;

/** Reads the value that a reference to one secret stands for. Messages name places, not values. */
public final class TokenReader {
  private final Reading reading;

  TokenReader(LoginReader places) {
    this.reading = new Reading(places);
  }

  /**
   * Reads it, anew at each call: it may have been rotated.
   *
   * @throws io.temporal.failure.ApplicationFailure CREDENTIALS_MISSING where it is not there
   */
  public String read(SecretReference reference) {
    return reference.accept(reading);
  }

  private record Reading(LoginReader places) implements SecretReference.Visitor<String> {
    @Override
    public String variable(SecretReference.Variable variable) {
      return places.variable(variable.name());
    }

    @Override
    public String file(SecretReference.File file) {
      return LoginReader.file(file.path());
    }

    @Override
    public String key(SecretReference.Key key) {
      String place = LoginReader.place(key.namespace(), key.name());
      return LoginReader.key(places.values(key.namespace(), key.name()), key.key(), place);
    }
  }
}
