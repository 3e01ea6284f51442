package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.notice.Hmac;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.worker.server.Verdict.Proven;
import dev.lockstep.worker.server.Verdict.Reason;
import dev.lockstep.worker.server.Verdict.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthenticatorTest {
  private static final SecretReference PLACE = new SecretReference.Variable("SECRET");

  /** The example of GitHub's documentation, "Testing the webhook payload validation". */
  private static final String GITHUB_SIGNATURE =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  private static final String GITHUB_SECRET = "It's a Secret to Everybody";

  /** The example in the tests of the Standard Webhooks libraries. */
  private static final Instant STANDARD_TIME = Instant.ofEpochSecond(1_614_265_330);

  private static Verdict check(
      TriggerAuth auth, String secret, Instant now, String body, String... headers) {
    Map<String, List<String>> sent = new TreeMap<>();
    for (int index = 0; index < headers.length; index += 2) {
      sent.put(headers[index], List.of(headers[index + 1]));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return auth.accept(
        new Authenticator(
            new Sent("POST", "/", "", sent, bytes),
            unused -> secret,
            Clock.fixed(now, ZoneOffset.UTC)));
  }

  private static Verdict gitHub(String body, String... headers) {
    return check(new TriggerAuth.GitHub(PLACE), GITHUB_SECRET, Instant.EPOCH, body, headers);
  }

  @Test
  void theExampleOfGitHubIsProven() {
    Verdict verdict =
        gitHub(
            "Hello, World!",
            "X-Hub-Signature-256",
            GITHUB_SIGNATURE,
            "X-GitHub-Delivery",
            "72d3162e");

    assertThat(verdict)
        .isEqualTo(
            new Proven(
                Optional.of("72d3162e"),
                Optional.of(Signatures.sha256("Hello, World!".getBytes(StandardCharsets.UTF_8)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18"
      })
  void anythingElseIsWrong(String signature) {
    assertThat(gitHub("Hello, World!", "X-Hub-Signature-256", signature))
        .isEqualTo(new Refused(Reason.WRONG));
  }

  @Test
  void anotherBodyOrNoSignatureIsRefused() {
    assertThat(gitHub("Hello, World?", "X-Hub-Signature-256", GITHUB_SIGNATURE))
        .isEqualTo(new Refused(Reason.WRONG));
    assertThat(gitHub("Hello, World!")).isEqualTo(new Refused(Reason.UNSIGNED));
  }

  @Test
  void aHeaderThatIsSentTwiceIsNone() {
    Sent sent =
        new Sent("POST", "/", "", Map.of("X-Hub-Signature-256", List.of("a", "b")), new byte[0]);

    assertThat(sent.header("x-hub-signature-256")).isEmpty();
  }

  private static Verdict standard(Instant now, String body) {
    return check(
        new TriggerAuth.GitLabSigned(PLACE),
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        now,
        body,
        "webhook-id",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp",
        "1614265330",
        "webhook-signature",
        "v1,Zm9v v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void theExampleOfStandardWebhooksIsProvenInItsTime() {
    String body = "{\"test\": 2432232314}";

    assertThat(standard(STANDARD_TIME.plusSeconds(300), body))
        .isEqualTo(new Proven(Optional.of("msg_p5jXN8AQM9LWM0D4loKWxJek"), Optional.empty()));
    assertThat(standard(STANDARD_TIME.plusSeconds(301), body)).isEqualTo(new Refused(Reason.STALE));
    assertThat(standard(STANDARD_TIME.minusSeconds(301), body))
        .isEqualTo(new Refused(Reason.STALE));
    assertThat(standard(STANDARD_TIME, body + " ")).isEqualTo(new Refused(Reason.WRONG));
  }

  @Test
  void aTokenOfGitLabIsComparedWhole() {
    TriggerAuth auth = new TriggerAuth.GitLabToken(PLACE);

    assertThat(check(auth, "t0ken", Instant.EPOCH, "{}", "X-Gitlab-Token", "t0ken"))
        .isEqualTo(new Proven(Optional.empty(), Optional.empty()));
    assertThat(
            check(
                auth,
                "t0ken",
                Instant.EPOCH,
                "{}",
                "X-Gitlab-Token",
                "t0ken",
                "X-Gitlab-Event-UUID",
                "u",
                "Idempotency-Key",
                "k"))
        .isEqualTo(new Proven(Optional.of("k"), Optional.empty()));
    assertThat(check(auth, "t0ken", Instant.EPOCH, "{}", "X-Gitlab-Token", "t0ke"))
        .isEqualTo(new Refused(Reason.WRONG));
    assertThat(check(auth, "t0ken", Instant.EPOCH, "{}")).isEqualTo(new Refused(Reason.UNSIGNED));
  }

  @Test
  void aSignatureWithATimeHoldsForFiveMinutes() {
    TriggerAuth auth = new TriggerAuth.Hmac("X-Signature", PLACE, "X-Time");
    byte[] key = "k".getBytes(StandardCharsets.UTF_8);
    String signature = Signatures.hex(Hmac.sha256(key, "1000.{}".getBytes(StandardCharsets.UTF_8)));

    for (String given : List.of(signature, "sha256=" + signature)) {
      String[] headers = {"X-Signature", given, "X-Time", "1000"};
      assertThat(check(auth, "k", Instant.ofEpochSecond(1300), "{}", headers))
          .isInstanceOf(Proven.class);
      assertThat(check(auth, "k", Instant.ofEpochSecond(1301), "{}", headers))
          .isEqualTo(new Refused(Reason.STALE));
    }
    String[] later = {"X-Signature", signature, "X-Time", "1200"};
    assertThat(check(auth, "k", Instant.ofEpochSecond(1200), "{}", later))
        .isEqualTo(new Refused(Reason.WRONG));
    assertThat(check(auth, "k", Instant.EPOCH, "{}", "X-Signature", signature))
        .isEqualTo(new Refused(Reason.UNSIGNED));
  }

  @Test
  void aBearerIsWhoeverHasTheToken() {
    TriggerAuth auth = new TriggerAuth.Bearer(PLACE);

    assertThat(check(auth, "t", Instant.EPOCH, "{}", "Authorization", "bearer t"))
        .isInstanceOf(Proven.class);
    assertThat(check(auth, "t", Instant.EPOCH, "{}", "Authorization", "Bearer x"))
        .isEqualTo(new Refused(Reason.WRONG));
    assertThat(check(auth, "t", Instant.EPOCH, "{}", "Authorization", "Basic t"))
        .isEqualTo(new Refused(Reason.UNSIGNED));
  }
}
