package dev.lockstep.activities.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.model.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenReaderTest {
  @TempDir private Path folder = Path.of("");

  private final Databases databases =
      new Databases(
          ConnectionSettings.DEFAULT,
          (namespace, name) ->
              name.equals("metrics")
                  ? Optional.of(Map.of("token", "of-cluster"))
                  : Optional.empty(),
          variable -> variable.equals("TOKEN") ? Optional.of("of-variable") : Optional.empty());

  private String read(SecretReference reference) {
    return databases.tokens().read(reference);
  }

  @Test
  void eachFormIsReadWhereItSays() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "of-file\n");

    assertThat(read(new SecretReference.Variable("TOKEN"))).isEqualTo("of-variable");
    assertThat(read(new SecretReference.File(file.toString()))).isEqualTo("of-file");
    assertThat(read(new SecretReference.Key("shop", "metrics", "token"))).isEqualTo("of-cluster");
  }

  @Test
  void whatIsMissingIsNamedByItsPlace() {
    assertThatThrownBy(() -> read(new SecretReference.Variable("NOTHING")))
        .hasMessageContaining("environment variable NOTHING is not set for the worker");
    assertThatThrownBy(() -> read(new SecretReference.Key("shop", "metrics", "other")))
        .hasMessageContaining("Secret shop/metrics has no key other");
    assertThatThrownBy(() -> read(new SecretReference.Key("shop", "none", "token")))
        .hasMessageContaining("Secret shop/none does not exist");
  }
}
