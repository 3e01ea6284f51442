package dev.lockstep.activities.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.Receiver.Tls;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail, against a real SMTP server. */
final class MailTest {
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void everybodyGetsTheMailWithAStableId() throws MessagingException, IOException {
    Receiver.Email to = to(Tls.NONE, Optional.empty());
    Sample.sender("").deliver(Sample.delivery(to));
    Sample.sender("").deliver(Sample.delivery(to));

    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(4);
    assertThat(mails)
        .extracting(MimeMessage::getMessageID)
        .doesNotContainNull()
        .containsOnly(mails[0].getMessageID());
    assertThat(mails[0].getSubject()).isEqualTo("[lockstep] wide/1 is held");
    assertThat((String) mails[0].getContent())
        .contains("wide/1 is held: held by ROWS_DIFFER")
        .contains("decisions: retry, abort");
  }

  @Test
  void aWrongLoginIsGivenUpWithoutBeingShown() {
    server.getUserManager().setAuthRequired(true);
    server.setUser("lockstep@example.org", "lockstep", "another");
    ApplicationFailure failure =
        failure(to(Tls.NONE, Optional.of(new Receiver.MailLogin(Sample.USER, Sample.KEY))));

    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains("refused the login");
  }

  @Test
  void theRightLoginIsTaken() {
    server.getUserManager().setAuthRequired(true);
    server.setUser("lockstep@example.org", "lockstep", "hunter2");

    Sample.sender("")
        .deliver(
            Sample.delivery(
                to(Tls.NONE, Optional.of(new Receiver.MailLogin(Sample.USER, Sample.KEY)))));

    assertThat(server.getReceivedMessages()).hasSize(2);
  }

  @Test
  void aServerThatCannotEncryptGetsNothing() {
    assertThat(failure(to(Tls.START_TLS, Optional.empty())).isNonRetryable()).isFalse();
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aServerThatHangsIsTriedAgain() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Receiver.Email to =
          new Receiver.Email(
              new Receiver.MailServer("127.0.0.1", mute.getLocalPort(), Tls.NONE),
              "lockstep@example.org",
              List.of("ops@example.org"),
              Optional.empty());

      assertThat(failure(to).isNonRetryable()).isFalse();
    }
  }

  private Receiver.Email to(Tls tls, Optional<Receiver.MailLogin> login) {
    return new Receiver.Email(
        new Receiver.MailServer("127.0.0.1", server.getSmtp().getPort(), tls),
        "lockstep@example.org",
        List.of("ops@example.org", "audit@example.org"),
        login);
  }

  private static ApplicationFailure failure(Receiver to) {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> Sample.sender("").deliver(Sample.delivery(to)));
    StringWriter everything = new StringWriter();
    failure.printStackTrace(new PrintWriter(everything));
    assertThat(everything.toString()).doesNotContain("hunter2");
    return failure;
  }
}
