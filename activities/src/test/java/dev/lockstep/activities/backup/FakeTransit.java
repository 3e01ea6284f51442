package dev.lockstep.activities.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.backup.JsonServer.Question;
import dev.lockstep.activities.backup.JsonServer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** So much of Vault and its transit engine as wrapping needs, by what they answer. */
final class FakeTransit implements AutoCloseable {
  private static final String MOUNT = "/v1/transit/";

  final JsonServer server = JsonServer.of(this::answer);
  private final Map<String, Key> keys = new HashMap<>();

  /** Whether it knows associated data; the first versions of Vault ignored it. */
  volatile boolean binds = true;

  private static final class Key {
    final List<TestCipher> versions = new ArrayList<>(List.of(new TestCipher()));
    boolean symmetric = true;
    int oldest = 1;
  }

  /** Makes a key, or another one in the place of the one that was there. */
  synchronized void make(String name) {
    keys.put(name, new Key());
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized Reply answer(Question question) {
    String token = String.valueOf(question.headers().getFirst("X-Vault-Token"));
    String[] path = question.path().replaceFirst(MOUNT, "").split("/", 3);
    boolean administers = path[0].equals("keys");
    boolean uses = !administers && (keys.containsKey(path[1]) || path[0].equals("decrypt"));
    boolean allowed = token.equals("testbed-root") || (token.equals("testbed-backups") && uses);
    if (!allowed) {
      return refused(403, "permission denied");
    }
    if (administers) {
      return administered(question, path);
    }
    Optional<Key> key = Optional.ofNullable(keys.get(path[1]));
    if (key.isEmpty()) {
      return refused(400, "encryption key not found");
    }
    if (!key.get().symmetric) {
      return refused(400, "'[0].associated_data' provided for non-AEAD cipher suite rsa-2048");
    }
    return path[0].equals("encrypt")
        ? encrypt(key.get(), question.body())
        : decrypt(key.get(), question.body());
  }

  private Reply administered(Question question, String[] path) {
    if (question.method().equals("DELETE")) {
      keys.remove(path[1]);
    } else if (path.length == 2) {
      make(path[1]);
      key(path[1]).symmetric = question.body().path("type").asText().startsWith("aes");
    } else if (path[2].equals("rotate")) {
      key(path[1]).versions.add(new TestCipher());
    } else {
      key(path[1]).oldest = question.body().path("min_decryption_version").asInt(1);
    }
    return Reply.of(200, Map.of());
  }

  private Key key(String name) {
    return Objects.requireNonNull(keys.get(name));
  }

  private Reply encrypt(Key key, JsonNode body) {
    int version = key.versions.size();
    byte[] text =
        key.versions.get(version - 1).encrypt(decoded(body.path("plaintext")), bound(body));
    return data(
        "ciphertext", "vault:v%d:%s".formatted(version, Base64.getEncoder().encodeToString(text)));
  }

  private Reply decrypt(Key key, JsonNode body) {
    String[] parts = body.path("ciphertext").asText().split(":", 3);
    int version = Integer.parseInt(parts[1].substring(1));
    if (version > key.versions.size()) {
      return refused(400, "invalid ciphertext: version is too new");
    }
    if (version < key.oldest) {
      return refused(400, "ciphertext or signature version is disallowed by policy (too old)");
    }
    return key.versions
        .get(version - 1)
        .decrypt(Base64.getDecoder().decode(parts[2]), bound(body))
        .map(text -> data("plaintext", Base64.getEncoder().encodeToString(text)))
        .orElseGet(() -> refused(400, "cipher: message authentication failed"));
  }

  private byte[] bound(JsonNode body) {
    return binds ? decoded(body.path("associated_data")) : new byte[0];
  }

  private static byte[] decoded(JsonNode base64) {
    return Base64.getDecoder().decode(base64.asText().getBytes(StandardCharsets.US_ASCII));
  }

  private static Reply data(String name, String value) {
    return Reply.of(200, Map.of("data", Map.of(name, value)));
  }

  private static Reply refused(int status, String words) {
    return Reply.of(status, Map.of("errors", List.of(words + " " + KeyServiceContract.SECRET)));
  }
}
