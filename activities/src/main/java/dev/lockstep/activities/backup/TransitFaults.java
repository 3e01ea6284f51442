package dev.lockstep.activities.backup;

import dev.lockstep.definitions.model.WrappingKey;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;

/**
 * From the answers of HashiCorp Vault and OpenBao to faults, by the <a
 * href="https://developer.hashicorp.com/vault/api-docs#http-status-codes">status</a> and, since
 * they have no codes, by words that the transit engine is known to say. None of its words get out.
 */
record TransitFaults(KeyTrouble trouble, WrappingKey.Transit definition) {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERRORS = 500;

  /** Below the server's errors: a time-out, state that is not replicated yet, too many requests. */
  private static final Set<Integer> PASSING = Set.of(408, 412, 429, 472, 473);

  private static final String UNFIT =
      "its type takes no associated data; give one such as aes256-gcm96 that is not derived";

  private static final List<Refusal> REFUSALS =
      List.of(
          new Refusal("encryption key not found", "there is no such key; give one that is there"),
          new Refusal("(too old)", "it may not open this version; lower min_decryption_version"),
          new Refusal("version is too new", "it has no such version; give the key that had it"),
          new Refusal("non-AEAD", UNFIT),
          new Refusal("missing 'context'", UNFIT),
          new Refusal("not supported for key type", UNFIT));

  /** Its words, and ours. */
  private record Refusal(String words, String why) {}

  /**
   * What an answer means that is none.
   *
   * @param verb that was asked for
   * @throws GeneralSecurityException where the key works and what it was given is not its own
   */
  ApplicationFailure failure(int status, byte[] body, String verb) throws GeneralSecurityException {
    if (status >= SERVER_ERRORS || PASSING.contains(status)) {
      return trouble.away("it answers with HTTP status " + status);
    }
    String why = status == BAD_REQUEST ? refusal(body) : why(status, verb);
    return trouble.wrong(why + " (HTTP status " + status + ")");
  }

  private static String refusal(byte[] body) throws GeneralSecurityException {
    String words = new String(body, StandardCharsets.UTF_8);
    return REFUSALS.stream()
        .filter(known -> words.contains(known.words()))
        .map(Refusal::why)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("the service does not open it"));
  }

  private String why(int status, String verb) {
    if (status == FORBIDDEN) {
      return "its token is not valid, or may not do that, or there is no such key; allow update on"
          + " %s/%s/%s".formatted(definition.mount(), verb, definition.key());
    }
    return status == NOT_FOUND
        ? "there is no such engine; look at address, namespace and mount"
        : "that is not Vault itself; look at its address";
  }
}
