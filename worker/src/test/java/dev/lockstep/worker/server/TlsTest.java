package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server behind TLS, with certificates that the JDK's own tool makes. */
final class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void whoTrustsTheCertificateIsAnsweredAndNobodyElse(String algorithm) throws Exception {
    KeyStore store = make(algorithm);
    try (Serving serving =
        new Serving(
            folder.resolve("queue"),
            LockstepServer.Limits.DEFAULT,
            () -> {
              throw new IllegalStateException("away");
            },
            UnaryOperator.identity(),
            Optional.of(
                new LockstepServer.Certificate(
                    folder.resolve("chain.pem"), folder.resolve("key.pem"))))) {
      URI health = URI.create("https://localhost:" + serving.port() + "/health");
      HttpClient trusting = HttpClient.newBuilder().sslContext(trusting(store)).build();

      assertThat(Serving.send(trusting, health, "GET", new byte[0]).status()).isEqualTo(200);
      assertThatThrownBy(() -> Serving.send(HttpClient.newHttpClient(), health, "GET", new byte[0]))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void whatIsNoKeyIsNamedAndNotShown() throws Exception {
    make("EC");
    Path key = Files.writeString(folder.resolve("broken.pem"), "c2VjcmV0");

    assertThatThrownBy(() -> Tls.read(folder.resolve("chain.pem"), key))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.pem")
        .hasMessageNotContaining("c2VjcmV0");
    assertThatThrownBy(() -> Tls.read(folder.resolve("key.pem"), folder.resolve("key.pem")))
        .isInstanceOf(IOException.class);
  }

  private KeyStore make(String algorithm) throws Exception {
    Path file = folder.resolve(algorithm + ".p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(tool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(tool.exitValue()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    write("chain.pem", "CERTIFICATE", store.getCertificate("server").getEncoded());
    write("key.pem", "PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded());
    return store;
  }

  private void write(String name, String label, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, text, label));
  }

  private static SSLContext trusting(KeyStore server) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", server.getCertificate("server"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
