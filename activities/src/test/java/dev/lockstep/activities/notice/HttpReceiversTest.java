package dev.lockstep.activities.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.model.Receiver;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers by HTTP, against a server of the JDK. */
final class HttpReceiversTest {
  private static final Receiver SLACK = new Receiver.Slack(Sample.URL);

  @Test
  void slackGetsEscapedTextAndBlocks() throws IOException {
    JsonNode message = sent(SLACK).json();

    assertThat(message.path("text").asText())
        .isEqualTo(
            "wide/1 is held: held by ROWS_DIFFER: &lt;!channel&gt; &amp; [x](http://x) ${run}");
    assertThat(message.at("/blocks/0/text/type").asText()).isEqualTo("mrkdwn");
    assertThat(message.at("/blocks/0/text/text")).isEqualTo(message.path("text"));
    assertThat(message.at("/blocks/1/elements/0/text").asText())
        .startsWith("database: shop  |  phase: migrate  |  decisions: retry, abort");
  }

  @Test
  void teamsGetsAnAdaptiveCardWithoutMarkdown() throws IOException {
    JsonNode message = sent(new Receiver.Teams(Sample.URL)).json();

    assertThat(message.path("type").asText()).isEqualTo("message");
    assertThat(message.at("/attachments/0/contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonNode card = message.at("/attachments/0/content");
    assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
    assertThat(card.path("body")).hasSize(6);
    assertThat(card.path("body"))
        .allSatisfy(
            block -> {
              assertThat(block.path("type").asText()).isEqualTo("RichTextBlock");
              assertThat(block.at("/inlines/0/type").asText()).isEqualTo("TextRun");
            });
  }

  @Test
  void aWebhookGetsWhatIsKnownAndASignature() throws IOException {
    HttpReceiver.Post post =
        sent(
            new Receiver.Webhook(
                Sample.URL,
                Optional.of(new Receiver.Signature("X-Signature", "X-Time", Sample.KEY))));

    String time = Long.toString(Sample.NOW.getEpochSecond());
    assertThat(post.headers().getFirst("X-Time")).isEqualTo(time);
    assertThat(post.headers().getFirst("X-Signature"))
        .isEqualTo("sha256=" + Hmac.sha256("hunter2", time + "." + post.text()));
    assertThat(post.json().path("event").asText()).isEqualTo("held");
    assertThat(post.json().path("id").asText()).isEqualTo("migration/wide/notice/1-1");
    assertThat(post.json().path("kind").asText()).isEqualTo("Migration");
    assertThat(post.text()).doesNotContain("hunter2");
  }

  @Test
  void theSignatureIsThatOfRfc4231() {
    assertThat(Hmac.sha256("Jefe", "what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void cloudEventsKeepTheirIdOverTries() throws IOException {
    Receiver events = new Receiver.CloudEvents(Sample.URL, "urn:example:shop");
    try (HttpReceiver receiver = new HttpReceiver(503)) {
      failure(receiver.url(), events);
      Sample.sender(receiver.url()).deliver(Sample.delivery(events));

      HttpReceiver.Post last = receiver.posts().get(1);
      assertThat(last.headers().getFirst("Content-Type"))
          .isEqualTo("application/cloudevents+json; charset=UTF-8");
      assertThat(last.json().path("specversion").asText()).isEqualTo("1.0");
      assertThat(last.json().path("type").asText()).isEqualTo("dev.lockstep.run.held");
      assertThat(last.json().path("source").asText()).isEqualTo("urn:example:shop");
      assertThat(last.json().path("id")).isEqualTo(receiver.posts().get(0).json().path("id"));
      assertThat(last.json().at("/data/name").asText()).isEqualTo("wide");
    }
  }

  @Test
  void theTemplateMakesTheSentence() throws IOException {
    try (HttpReceiver receiver = new HttpReceiver()) {
      Sample.sender(receiver.url())
          .deliver(Sample.delivery(SLACK, Optional.of("${kind} ${name} on ${database}: $1 {x}")));

      assertThat(receiver.posts().get(0).json().path("text").asText())
          .isEqualTo("Migration wide on shop: $1 {x}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 408, 425, 429})
  void whatMayPassIsTriedAgainWhenTheReceiverWants(int status) throws IOException {
    try (HttpReceiver receiver = new HttpReceiver(status)) {
      ApplicationFailure failure = failure(receiver.url(), SLACK);

      assertThat(failure.isNonRetryable()).isFalse();
      assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7));
      assertThat(failure.getOriginalMessage())
          .isEqualTo("the receiver of notification ops answered with HTTP status " + status);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 410, 413})
  void whatIsMeantToLastIsGivenUp(int status) throws IOException {
    try (HttpReceiver receiver = new HttpReceiver(status)) {
      assertThat(failure(receiver.url(), SLACK).isNonRetryable()).isTrue();
      assertThat(receiver.posts()).hasSize(1);
    }
  }

  @Test
  void aReceiverThatHangsIsTriedAgain() throws IOException {
    try (HttpReceiver receiver = new HttpReceiver(HttpReceiver.HANGS)) {
      ApplicationFailure failure = failure(receiver.url(), SLACK);

      assertThat(failure.isNonRetryable()).isFalse();
      assertThat(failure.getOriginalMessage()).contains("did not answer within 2s");
    }
  }

  @Test
  void nobodyThereIsTriedAgain() throws IOException {
    HttpReceiver gone = new HttpReceiver();
    gone.close();

    assertThat(failure(gone.url(), SLACK).isNonRetryable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h/hunter2", "hunter2", "http:// /hunter2", "http:///hunter2"})
  void whatIsNoAddressIsGivenUpWithoutBeingShown(String address) {
    assertThat(failure(address, SLACK).isNonRetryable()).isTrue();
  }

  @Test
  void datesOfRetryAfterAreRead() {
    assertThat(RetryAfter.read("Fri, 27 Nov 2026 10:00:30 GMT", Sample.NOW))
        .contains(Duration.ofSeconds(30));
    assertThat(RetryAfter.read("999999", Sample.NOW)).contains(Duration.ofHours(1));
    assertThat(RetryAfter.read("soon", Sample.NOW)).isEmpty();
  }

  private static HttpReceiver.Post sent(Receiver to) throws IOException {
    try (HttpReceiver receiver = new HttpReceiver()) {
      Sample.sender(receiver.url()).deliver(Sample.delivery(to));
      assertThat(receiver.posts()).hasSize(1);
      return receiver.posts().get(0);
    }
  }

  /** The failure, after a look that nothing of it shows the address. */
  private static ApplicationFailure failure(String url, Receiver to) {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> Sample.sender(url).deliver(Sample.delivery(to)));
    StringWriter everything = new StringWriter();
    failure.printStackTrace(new PrintWriter(everything));
    assertThat(everything.toString()).doesNotContain("hunter2");
    return failure;
  }
}
