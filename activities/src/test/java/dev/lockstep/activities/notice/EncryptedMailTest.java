package dev.lockstep.activities.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.Receiver.Tls;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mail to servers that encrypt. */
final class EncryptedMailTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder = Path.of("");

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
    server.getUserManager().setAuthRequired(true);
    server.setUser("lockstep@example.org", "lockstep", "hunter2");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @EnumSource(names = {"START_TLS", "IMPLICIT"})
  void loginAndMailAreEncrypted(Tls tls) throws Exception {
    KeyStore localhost = certificate("localhost");
    try (MailDoor door = door(localhost, tls)) {
      Sample.sender("", context(localhost)).deliver(Sample.delivery(to(door, tls)));

      assertThat(server.getReceivedMessages()).hasSize(1);
      assertThat(door.readable())
          .allSatisfy(line -> assertThat(line).matches("EHLO .*|STARTTLS"))
          .hasSize(tls == Tls.START_TLS ? 2 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"START_TLS", "IMPLICIT"})
  void whoIsNotBelievedGetsNothing(Tls tls) throws Exception {
    try (MailDoor door = door(certificate("localhost"), tls)) {
      refused(door, tls, context(certificate("other")));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"START_TLS", "IMPLICIT"})
  void whoIsBelievedUnderAnotherNameGetsNothing(Tls tls) throws Exception {
    KeyStore other = certificate("mail.example.org");
    try (MailDoor door = door(other, tls)) {
      refused(door, tls, context(other));
    }
  }

  private void refused(MailDoor door, Tls tls, SSLSocketFactory trust) {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> Sample.sender("", trust).deliver(Sample.delivery(to(door, tls))));
    assertThat(failure.getOriginalMessage()).contains("not as securely as asked");
    assertThat(failure.isNonRetryable()).as("a certificate may be put right").isFalse();
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private MailDoor door(KeyStore store, Tls tls) throws Exception {
    return new MailDoor(context(store), tls, server.getSmtp().getPort());
  }

  private static Receiver.Email to(MailDoor door, Tls tls) {
    return new Receiver.Email(
        new Receiver.MailServer("localhost", door.port(), tls),
        "lockstep@example.org",
        List.of("ops@example.org"),
        Optional.of(new Receiver.MailLogin(Sample.USER, Sample.KEY)));
  }

  /** Made by the JDK's own tool. */
  private KeyStore certificate(String host)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve(host + ".p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(Files.newInputStream(file), PASSWORD);
    return store;
  }

  /** Shows and believes this certificate alone. */
  private static SSLSocketFactory context(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      believed.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    believed.setCertificateEntry("server", store.getCertificate("server"));
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }
}
