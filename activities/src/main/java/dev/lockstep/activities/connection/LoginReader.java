package dev.lockstep.activities.connection;

import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that a reference to credentials stands for. Messages name places, not values.
 */
final class LoginReader implements Credentials.Visitor<Login> {
  private final SecretReader secrets;
  private final Function<String, Optional<String>> environment;

  LoginReader(SecretReader secrets, Function<String, Optional<String>> environment) {
    this.secrets = secrets;
    this.environment = environment;
  }

  @Override
  public Login none(Credentials.None none) {
    return Login.NONE;
  }

  @Override
  public Login environment(Credentials.Environment variables) {
    return Login.of(variable(variables.username()), variable(variables.password()));
  }

  @Override
  public Login files(Credentials.Files files) {
    return Login.of(file(files.username()), file(files.password()));
  }

  @Override
  public Login secret(Credentials.Secret secret) {
    Map<String, String> values = values(secret.namespace(), secret.name());
    String place = place(secret.namespace(), secret.name());
    return Login.of(key(values, "username", place), key(values, "password", place));
  }

  Map<String, String> values(String namespace, String name) {
    return secrets
        .read(namespace, name)
        .orElseThrow(() -> missing(place(namespace, name) + " does not exist"));
  }

  static String place(String namespace, String name) {
    return "Secret " + namespace + "/" + name;
  }

  String variable(String name) {
    return environment
        .apply(name)
        .orElseThrow(() -> missing("environment variable " + name + " is not set for the worker"));
  }

  static String file(String path) {
    try {
      return Files.readString(Path.of(path), StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
    } catch (IOException e) {
      throw missing("file " + path + " cannot be read by the worker");
    }
  }

  static String key(Map<String, String> values, String key, String place) {
    @Nullable String value = values.get(key);
    if (value == null) {
      throw missing(place + " has no key " + key);
    }
    return value;
  }

  private static ApplicationFailure missing(String what) {
    return Faults.failure(FaultCode.CREDENTIALS_MISSING, what, "");
  }
}
