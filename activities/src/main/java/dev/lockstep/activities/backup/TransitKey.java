package dev.lockstep.activities.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.workflows.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Wraps with a key of the transit engine of HashiCorp Vault or OpenBao. The backup is its
 * associated data. Each version of the key counts as a key of its own, so that versions can be
 * retired.
 *
 * @see <a href="https://openbao.org/api-docs/secret/transit/">Transit engine</a>
 */
final class TransitKey implements KeyWrapper {
  private final WrappingKey.Transit definition;
  private final TransitClient client;
  private final KeyTrouble trouble;

  TransitKey(WrappingKey.Transit definition, TransitClient client, KeyTrouble trouble) {
    this.definition = definition;
    this.client = client;
    this.trouble = trouble;
  }

  /** For messages. */
  static String name(WrappingKey.Transit definition) {
    return "the key %s/%s of Vault at %s"
        .formatted(definition.mount(), definition.key(), definition.address());
  }

  @Override
  public String describe() {
    return name(definition);
  }

  @Override
  public boolean mayOpen(String wrappedBy) {
    return wrappedBy.startsWith(id(""));
  }

  @Override
  public WrappedKey wrap(byte[] key, Layout backup) throws GeneralSecurityException {
    ObjectNode request = request(backup).put("plaintext", base64(key));
    String ciphertext = client.call("encrypt", request).path("ciphertext").asText();
    String[] parts = ciphertext.split(":", 3);
    if (parts.length < 3) {
      throw trouble.wrong("it does not answer as a transit engine does; look at address and mount");
    }
    return WrappedKey.of(id(parts[1]), ciphertext.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, Layout backup) throws GeneralSecurityException {
    ObjectNode request =
        request(backup).put("ciphertext", new String(wrapped.wrapped(), StandardCharsets.US_ASCII));
    JsonNode answer = client.call("decrypt", request);
    return Base64.getDecoder().decode(answer.path("plaintext").asText());
  }

  private static ObjectNode request(Layout backup) {
    return Wire.mapper()
        .createObjectNode()
        .put("associated_data", base64(backup.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private String id(String version) {
    return "%s/%s:%s".formatted(definition.mount(), definition.key(), version);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
