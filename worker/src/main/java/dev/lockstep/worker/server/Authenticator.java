package dev.lockstep.worker.server;

import dev.lockstep.activities.notice.Hmac;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.worker.server.Verdict.Proven;
import dev.lockstep.worker.server.Verdict.Reason;
import dev.lockstep.worker.server.Verdict.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Checks one delivery. */
record Authenticator(Sent sent, Function<SecretReference, String> secrets, Clock clock)
    implements TriggerAuth.Visitor<Verdict> {
  /** How far the time of a signature may be from ours, in both directions. */
  static final Duration REPLAY_WINDOW = Duration.ofMinutes(5);

  private static final String SHA256 = "sha256=";

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">GitHub</a>
   */
  @Override
  public Verdict gitHub(TriggerAuth.GitHub auth) {
    Optional<String> signature = sent.header("X-Hub-Signature-256");
    if (signature.isEmpty()) {
      return new Refused(Reason.UNSIGNED);
    }
    byte[] key = Signatures.bytes(secrets.apply(auth.secret()));
    String right = SHA256 + Signatures.hex(Hmac.sha256(key, sent.body()));
    return Signatures.same(signature.get(), right)
        ? new Proven(sent.header("X-GitHub-Delivery"), Optional.of(Signatures.sha256(sent.body())))
        : new Refused(Reason.WRONG);
  }

  @Override
  public Verdict gitLabToken(TriggerAuth.GitLabToken auth) {
    return token(sent.header("X-Gitlab-Token"), auth.token())
        .orElseGet(
            () ->
                new Proven(
                    sent.header("Idempotency-Key").or(() -> sent.header("X-Gitlab-Event-UUID")),
                    Optional.empty()));
  }

  /**
   * {@inheritDoc}
   *
   * @see <a href="https://gitlab.com/gitlab-org/gitlab/-/merge_requests/230944">GitLab</a>
   * @see <a
   *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
   *     Webhooks</a>
   */
  @Override
  public Verdict gitLabSigned(TriggerAuth.GitLabSigned auth) {
    Optional<String> signatures = sent.header("webhook-signature");
    Optional<String> id = sent.header("webhook-id");
    Optional<String> time = sent.header("webhook-timestamp");
    if (signatures.isEmpty() || id.isEmpty() || time.isEmpty()) {
      return new Refused(Reason.UNSIGNED);
    }
    byte[] key = standardKey(secrets.apply(auth.signingToken()));
    byte[] before = Signatures.bytes(id.get() + "." + time.get() + ".");
    byte[] signature = Hmac.sha256(key, before, sent.body());
    String right = "v1," + Base64.getEncoder().encodeToString(signature);
    boolean signed =
        Arrays.stream(signatures.get().split(" ", -1))
            .anyMatch(given -> Signatures.same(given, right));
    return inTime(signed, time.get(), new Proven(id, Optional.empty()));
  }

  /** The key is the Base64 behind the prefix; a token without one is the key itself. */
  private static byte[] standardKey(String token) {
    String prefix = "whsec_";
    if (token.startsWith(prefix)) {
      try {
        return Base64.getDecoder().decode(token.substring(prefix.length()));
      } catch (IllegalArgumentException e) {
        return Signatures.bytes(token);
      }
    }
    return Signatures.bytes(token);
  }

  @Override
  public Verdict hmac(TriggerAuth.Hmac auth) {
    Optional<String> signature = sent.header(auth.header());
    Optional<String> time = sent.header(auth.timestampHeader());
    if (signature.isEmpty() || time.isEmpty()) {
      return new Refused(Reason.UNSIGNED);
    }
    byte[] key = Signatures.bytes(secrets.apply(auth.secret()));
    byte[] before = Signatures.bytes(time.get() + ".");
    String right = Signatures.hex(Hmac.sha256(key, before, sent.body()));
    String given = signature.get().toLowerCase(Locale.ROOT);
    String bare = given.startsWith(SHA256) ? given.substring(SHA256.length()) : given;
    Optional<String> bound = Optional.of(Signatures.sha256(before, sent.body()));
    return inTime(
        Signatures.same(bare, right),
        time.get(),
        new Proven(sent.header("Idempotency-Key"), bound));
  }

  @Override
  public Verdict bearer(TriggerAuth.Bearer auth) {
    return token(sent.header("Authorization").flatMap(ControlTokens::bearer), auth.token())
        .orElseGet(() -> new Proven(sent.header("Idempotency-Key"), Optional.empty()));
  }

  /** Absent: the token is right. */
  private Optional<Verdict> token(Optional<String> given, SecretReference reference) {
    if (given.isEmpty()) {
      return Optional.of(new Refused(Reason.UNSIGNED));
    }
    return Signatures.same(given.get(), secrets.apply(reference))
        ? Optional.empty()
        : Optional.of(new Refused(Reason.WRONG));
  }

  /** A wrong signature is told as wrong, however old it is. */
  private Verdict inTime(boolean signed, String time, Proven proven) {
    if (!signed) {
      return new Refused(Reason.WRONG);
    }
    if (!time.matches("[0-9]{1,12}")) {
      return new Refused(Reason.STALE);
    }
    long away = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(time));
    return away > REPLAY_WINDOW.toSeconds() ? new Refused(Reason.STALE) : proven;
  }
}
