package dev.lockstep.worker.embedded;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A Temporal service in this process: the SDK's test server in real time. What is special about it
 * stands here and where {@code EngineConnection.isEmbedded} is asked; for everyone else it is an
 * address.
 *
 * <ul>
 *   <li>It listens on the loopback address only; the SDK's own starter binds every interface.
 *   <li>It keeps nothing: what must survive lives in the ledger of the target database.
 *   <li>Schedules, lists and resets are not there.
 * </ul>
 */
public final class EmbeddedTemporal implements AutoCloseable {
  /** Room for a plan with its SQL in one message; the default of gRPC is 4 MiB. */
  private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

  private final TestServicesStarter services;
  private final Server server;

  private EmbeddedTemporal(TestServicesStarter services, Server server) {
    this.services = services;
    this.server = server;
  }

  /**
   * Starts it on a free port.
   *
   * @throws IOException where the loopback address cannot be bound
   */
  public static EmbeddedTemporal start() throws IOException {
    boolean realTime = true;
    TestServicesStarter services = new TestServicesStarter(realTime, 0);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxInboundMessageSize(MAX_MESSAGE_BYTES);
    for (BindableService service : services.getServices()) {
      builder.addService(service);
    }
    return new EmbeddedTemporal(services, builder.build().start());
  }

  /** Host and port, as {@code --address} takes it. */
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    services.close();
  }
}
