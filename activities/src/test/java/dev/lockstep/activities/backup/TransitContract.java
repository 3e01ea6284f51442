package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.definitions.model.WrappingKey.Transit;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys of whatever speaks like the transit engine of Vault. */
abstract class TransitContract extends KeyServiceContract {
  private static final Layout BACKUP = new Layout("shop-nightly", "20261101T020000Z");
  private static final String NOBODY = "http://127.0.0.1:9";

  /** Where it is. */
  protected abstract String address();

  @Test
  void anOldVersionOpensUntilItIsRetired() throws GeneralSecurityException {
    Transit definition = (Transit) newKey();
    try (KeyWrapper key = open(definition)) {
      WrappedKey old = key.wrap(new byte[] {1}, BACKUP);
      ask("POST", "keys/" + definition.key() + "/rotate", "{}");
      WrappedKey renewed = key.wrap(new byte[] {1}, BACKUP);
      assertThat(old.wrappedBy()).isEqualTo("transit/" + definition.key() + ":v1");
      assertThat(renewed.wrappedBy()).isEqualTo("transit/" + definition.key() + ":v2");
      assertThat(key.unwrap(old, BACKUP)).isEqualTo(key.unwrap(renewed, BACKUP));

      ask("POST", "keys/" + definition.key() + "/config", "{\"min_decryption_version\": 2}");
      assertThat(key.unwrap(renewed, BACKUP)).containsExactly(1);
      fault(FaultCode.KEY_WRONG, () -> key.unwrap(old, BACKUP)).contains("min_decryption_version");
    }
  }

  @Override
  protected WrappingKey newKey() {
    return made("aes256-gcm96");
  }

  @Override
  protected WrappingKey unfitKey() {
    return made("rsa-2048");
  }

  @Override
  protected WrappingKey noKey() {
    return key(address(), "not-there", "testbed-backups");
  }

  @Override
  protected WrappingKey forbidden(WrappingKey key) {
    return key(address(), ((Transit) key).key(), SECRET);
  }

  @Override
  protected WrappingKey away(WrappingKey key) {
    return key(NOBODY, ((Transit) key).key(), "testbed-backups");
  }

  @Override
  protected void withdraw(WrappingKey key) {
    String name = ((Transit) key).key();
    ask("POST", "keys/" + name + "/config", "{\"deletion_allowed\": true}");
    ask("DELETE", "keys/" + name, "");
  }

  @Override
  protected String secret(SecretReference reference) {
    return ((SecretReference.Variable) reference).name();
  }

  private Transit made(String type) {
    String name = "key-" + UUID.randomUUID();
    ask("POST", "keys/" + name, "{\"type\": \"" + type + "\"}");
    return key(address(), name, "testbed-backups");
  }

  private static Transit key(String address, String name, String token) {
    return new Transit(
        address,
        "transit",
        name,
        new SecretReference.Variable(token),
        Optional.empty(),
        Optional.empty());
  }

  private void ask(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + "/v1/transit/" + path))
            .header("X-Vault-Token", "testbed-root")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
