package dev.lockstep.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.EngineUnreachableException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EmbeddedTemporalTest {
  private static int port(EmbeddedTemporal service) {
    return Integer.parseInt(service.address().substring(service.address().lastIndexOf(':') + 1));
  }

  /** Addresses under which another machine, or this one, would reach a server on all interfaces. */
  private static List<InetAddress> otherAddresses() throws IOException {
    List<InetAddress> found =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .toList();
    // All of 127.0.0.0/8 is this machine, and a server on 0.0.0.0 would answer at 127.0.0.2, too.
    return found.isEmpty() ? List.of(InetAddress.getByName("127.0.0.2")) : found;
  }

  @Test
  void answersAtTheLoopbackAddressOnly() throws IOException {
    try (EmbeddedTemporal service = EmbeddedTemporal.start();
        Socket near = new Socket()) {
      assertThat(service.address()).startsWith("127.0.0.1:");
      near.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(service)), 5000);
      assertThat(near.isConnected()).isTrue();

      for (InetAddress address : otherAddresses()) {
        try (Socket far = new Socket()) {
          assertThatThrownBy(() -> far.connect(new InetSocketAddress(address, port(service)), 5000))
              .isInstanceOf(IOException.class);
        }
      }
    }
  }

  @Test
  void isKnownAsEmbeddedAndTakesSearchAttributes() throws IOException, EngineUnreachableException {
    try (EmbeddedTemporal service = EmbeddedTemporal.start();
        EngineConnection connection = EngineConnection.to(service.address())) {
      assertThat(connection.isEmbedded()).isTrue();
      assertThat(connection.hasSearchAttributes()).isTrue();
    }
  }

  @Test
  void twoOfThemDoNotMeet() throws IOException {
    try (EmbeddedTemporal one = EmbeddedTemporal.start();
        EmbeddedTemporal two = EmbeddedTemporal.start()) {
      assertThat(one.address()).isNotEqualTo(two.address());
    }
  }

  @Test
  void nobodyAnswersAfterTheEnd() throws IOException {
    EmbeddedTemporal service = EmbeddedTemporal.start();
    int port = port(service);
    service.close();

    try (Socket late = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      assertThatThrownBy(() -> late.connect(address, 5000)).isInstanceOf(IOException.class);
    }
  }
}
