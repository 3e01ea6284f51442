package dev.lockstep.activities.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.backup.JsonServer.Question;
import dev.lockstep.activities.backup.JsonServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** So much of AWS KMS as wrapping needs, by its documentation; unlike local-kms it knows rights. */
final class FakeAwsKms implements AutoCloseable {
  private static final String ARN = "arn:aws:kms:eu-west-3:111122223333:key/";
  private static final int ID_LENGTH = 36;

  final JsonServer server = JsonServer.of(this::answer);
  private final Map<String, Key> keys = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();

  private static final class Key {
    final TestCipher cipher = new TestCipher();
    boolean enabled = true;
    boolean symmetric = true;
  }

  /** Lets an alias lead to a key. */
  synchronized void alias(String name, String arn) {
    aliases.put(name, arn.substring(ARN.length()));
  }

  /** The ARN of a new symmetric key. */
  synchronized String make() {
    String id = UUID.randomUUID().toString();
    keys.put(id, new Key());
    return ARN + id;
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized Reply answer(Question question) {
    String login = question.headers().getFirst("Authorization");
    if (!login.contains("Credential=testbed/")) {
      return refused("AccessDeniedException");
    }
    String verb = question.headers().getFirst("X-Amz-Target").replaceFirst(".*\\.", "");
    if (verb.equals("CreateKey")) {
      String arn = make();
      key(arn).orElseThrow().symmetric = question.body().path("KeySpec").isMissingNode();
      return Reply.of(
          200, Map.of("KeyMetadata", Map.of("KeyId", arn.substring(ARN.length()), "Arn", arn)));
    }
    Optional<Key> key = key(question.body().path("KeyId").asText());
    if (key.isEmpty()) {
      return refused("NotFoundException");
    }
    if (verb.equals("DisableKey")) {
      key.get().enabled = false;
      return Reply.of(200, Map.of());
    }
    if (!key.get().enabled) {
      return refused("DisabledException");
    }
    if (!key.get().symmetric) {
      return refused("InvalidKeyUsageException");
    }
    String arn = ARN + id(question.body().path("KeyId").asText());
    return verb.equals("Encrypt")
        ? encrypt(key.get(), arn, question.body())
        : decrypt(key.get(), arn, question.body());
  }

  private static Reply encrypt(Key key, String arn, JsonNode body) {
    byte[] id = arn.substring(ARN.length()).getBytes(StandardCharsets.US_ASCII);
    byte[] text = key.cipher.encrypt(bytes(body.path("Plaintext")), context(body));
    byte[] blob = Arrays.copyOf(id, ID_LENGTH + text.length);
    System.arraycopy(text, 0, blob, ID_LENGTH, text.length);
    return Reply.of(
        200, Map.of("KeyId", arn, "CiphertextBlob", Base64.getEncoder().encodeToString(blob)));
  }

  private static Reply decrypt(Key key, String arn, JsonNode body) {
    byte[] blob = bytes(body.path("CiphertextBlob"));
    String id = new String(blob, 0, ID_LENGTH, StandardCharsets.US_ASCII);
    if (!arn.equals(ARN + id)) {
      return refused("IncorrectKeyException");
    }
    return key.cipher
        .decrypt(Arrays.copyOfRange(blob, ID_LENGTH, blob.length), context(body))
        .map(
            text ->
                Reply.of(
                    200,
                    Map.of("KeyId", arn, "Plaintext", Base64.getEncoder().encodeToString(text))))
        .orElseGet(() -> refused("InvalidCiphertextException"));
  }

  private Optional<Key> key(String keyId) {
    return Optional.ofNullable(keys.get(id(keyId)));
  }

  private String id(String keyId) {
    return aliases.getOrDefault(keyId, keyId.replace(ARN, ""));
  }

  private static byte[] context(JsonNode body) {
    return body.path("EncryptionContext").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(JsonNode base64) {
    try {
      return base64.binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply refused(String code) {
    return Reply.of(400, Map.of("__type", code, "message", KeyServiceContract.SECRET));
  }
}
