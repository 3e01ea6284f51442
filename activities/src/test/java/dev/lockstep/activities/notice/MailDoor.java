package dev.lockstep.activities.notice;

import dev.lockstep.definitions.model.Receiver.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Encrypts before an SMTP server that cannot: from the first byte on, or from STARTTLS on. */
final class MailDoor implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getByName("localhost"));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> readable = new CopyOnWriteArrayList<>();
  private final SSLSocketFactory identity;
  private final Tls tls;
  private final int server;

  /**
   * Opens it.
   *
   * @param identity makes sockets that show the certificate
   * @param server port of the one behind it
   */
  MailDoor(SSLSocketFactory identity, Tls tls, int server) throws IOException {
    this.identity = identity;
    this.tls = tls;
    this.server = server;
    threads.execute(this::receive);
  }

  int port() {
    return door.getLocalPort();
  }

  /** What came in without being encrypted, by line. */
  List<String> readable() {
    return readable;
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }

  private void receive() {
    while (!door.isClosed()) {
      try {
        Socket guest = door.accept();
        threads.execute(() -> serve(guest));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket guest) {
    try (guest;
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
      if (tls == Tls.START_TLS) {
        line(behind.getInputStream());
        invite(guest);
      }
      SSLSocket secret = (SSLSocket) identity.createSocket(guest, null, true);
      secret.setUseClientMode(false);
      secret.startHandshake();
      threads.execute(() -> copy(behind, secret));
      copy(secret, behind);
    } catch (IOException e) {
      // The guest hung up, which is what some tests are about.
    }
  }

  /** The dialogue of RFC 3207 up to the point where the handshake begins. */
  private void invite(Socket guest) throws IOException {
    InputStream in = guest.getInputStream();
    say(guest, "220 localhost");
    readable.add(line(in));
    say(guest, "250-localhost", "250 STARTTLS");
    readable.add(line(in));
    say(guest, "220 go ahead");
  }

  private static void say(Socket guest, String... lines) throws IOException {
    for (String line : lines) {
      guest.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Byte by byte: what comes after the line is the handshake's. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One side hung up; closing the streams has closed both.
    }
  }
}
