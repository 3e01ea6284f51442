package dev.lockstep.worker.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * HTTP, by the server of the JDK: nine short requests need no more, and it comes with its security
 * fixes. Its limits are set here, since by default it has none.
 */
final class WebServer implements AutoCloseable {
  /** Some more than requests at once, so that health is told and 503 is said while all are busy. */
  private static final int SPARE_THREADS = 16;

  private static final Duration IN_FLIGHT = Duration.ofSeconds(15);

  private final HttpServer server;
  private final ExecutorService threads;
  private final Semaphore free;
  private final int atOnce;
  private final Exchanges exchanges;
  private volatile boolean stopping;

  /** Where it listens and what it answers. */
  record Listening(InetSocketAddress address, Optional<SSLContext> tls) {}

  private WebServer(HttpServer server, Routes routes, int atOnce, Consumer<String> messages) {
    this.server = server;
    this.atOnce = atOnce;
    this.free = new Semaphore(atOnce);
    this.threads = Executors.newFixedThreadPool(atOnce + SPARE_THREADS);
    this.exchanges = new Exchanges(routes, messages);
  }

  static WebServer start(Listening listening, Routes routes, int atOnce, Consumer<String> messages)
      throws IOException {
    limits(atOnce);
    HttpServer server;
    if (listening.tls().isPresent()) {
      HttpsServer secure = HttpsServer.create();
      secure.setHttpsConfigurator(new HttpsConfigurator(listening.tls().get()));
      server = secure;
    } else {
      server = HttpServer.create();
    }
    server.bind(listening.address(), 0);
    WebServer web = new WebServer(server, routes, atOnce, messages);
    server.setExecutor(web.threads);
    server.createContext("/", web::handle);
    server.start();
    return web;
  }

  /**
   * Read once, when the JDK's classes are loaded.
   *
   * @see <a
   *     href="https://docs.oracle.com/en/java/javase/17/docs/api/jdk.httpserver/module-summary.html">Module
   *     jdk.httpserver</a>
   */
  private static void limits(int atOnce) {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", "20");
    System.setProperty("sun.net.httpserver.maxRspTime", "60");
    System.setProperty("sun.net.httpserver.idleInterval", "30");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "100");
    System.setProperty("jdk.httpserver.maxConnections", String.valueOf(atOnce * 16));
  }

  private void handle(HttpExchange exchange) throws IOException {
    boolean mine = free.tryAcquire();
    try (exchange) {
      exchanges.answer(exchange, mine && !stopping);
    } finally {
      if (mine) {
        free.release();
      }
    }
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  /** Takes nothing new, and lets what is under way end. */
  @Override
  public void close() {
    stopping = true;
    try {
      if (!free.tryAcquire(atOnce, IN_FLIGHT.toSeconds(), TimeUnit.SECONDS)) {
        exchanges.say("stopped while requests were under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
