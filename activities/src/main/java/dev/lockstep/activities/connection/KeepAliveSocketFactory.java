package dev.lockstep.activities.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Set;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets that notice a silent peer within about half a minute instead of the two hours that
 * systems allow by default: a long statement has no traffic of its own, so that nothing else would
 * tell a dead server from a busy one.
 */
public final class KeepAliveSocketFactory extends SocketFactory {
  private static final int IDLE_SECONDS = 15;
  private static final int INTERVAL_SECONDS = 5;
  private static final int PROBES = 3;

  /** Called by the driver. */
  public KeepAliveSocketFactory() {}

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Socket();
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    Set<SocketOption<?>> supported = socket.supportedOptions();
    if (supported.contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    }
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new IOException("only unconnected sockets are made here");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new IOException("only unconnected sockets are made here");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw new IOException("only unconnected sockets are made here");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new IOException("only unconnected sockets are made here");
  }
}
