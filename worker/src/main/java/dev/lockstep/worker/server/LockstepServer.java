package dev.lockstep.worker.server;

import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.EngineUnreachableException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The server as a whole. */
public final class LockstepServer implements AutoCloseable {
  private final DeliveryBook book;
  private final EngineDoor door;
  private final Drain drain;
  private final CommitReports reports;
  private final WebServer web;

  private LockstepServer(
      DeliveryBook book, EngineDoor door, Drain drain, CommitReports reports, WebServer web) {
    this.book = book;
    this.door = door;
    this.drain = drain;
    this.reports = reports;
    this.web = web;
  }

  /**
   * Where and how it listens.
   *
   * @param url where others reach it; absent: where it listens
   * @param certificate absent: without TLS
   */
  public record Listen(
      InetSocketAddress address, Optional<String> url, Optional<Certificate> certificate) {}

  /** Files in PEM. */
  public record Certificate(Path certificate, Path key) {}

  /** Where its definitions come from: the first ones, without a problem, and later ones. */
  public record Known(Definitions first, Supplier<Definitions> later) {}

  /** Who may do what, by references to tokens. */
  public record Tokens(
      SortedMap<String, SecretReference> controllers, SortedMap<String, SecretReference> readers) {}

  /**
   * How much it takes.
   *
   * @param perSecond deliveries of one trigger
   * @param atOnce requests that are worked on
   * @param waiting deliveries that wait for their run
   */
  public record Limits(double perSecond, int atOnce, int waiting) {
    /** What is enough for the pushes of a company, and for one machine. */
    public static final Limits DEFAULT = new Limits(100, 128, 10_000);
  }

  /** Everything that it needs. */
  public record Parts(
      Listen listen,
      Known known,
      Tokens tokens,
      Limits limits,
      Path queue,
      Callable<EngineConnection> engine,
      Function<SecretReference, String> secrets,
      PrintStream audit,
      Consumer<String> messages) {}

  /**
   * Starts it; also where the Temporal service is away.
   *
   * @throws IOException where the address or the queue cannot be used
   */
  public static LockstepServer start(Parts parts) throws IOException {
    Clock clock = Clock.systemUTC();
    Optional<SSLContext> tls = Optional.empty();
    if (parts.listen().certificate().isPresent()) {
      Certificate files = parts.listen().certificate().get();
      tls = Optional.of(Tls.read(files.certificate(), files.key()));
    }
    DeliveryBook book = DeliveryBook.open(parts.queue(), parts.limits().waiting(), clock);
    EngineDoor door = new EngineDoor(() -> connect(parts.engine()));
    Shared shared = shared(parts, book, door, clock);
    Drain drain = new Drain(book, door, shared.definitions(), parts.messages());
    try {
      WebServer web =
          WebServer.start(
              new WebServer.Listening(parts.listen().address(), tls),
              Routes.of(shared),
              parts.limits().atOnce(),
              parts.messages());
      CommitReports reports = new CommitReports(shared);
      drain.start();
      reports.start();
      return new LockstepServer(book, door, drain, reports, web);
    } catch (IOException e) {
      door.close();
      book.close();
      throw new IOException(
          "cannot listen at " + parts.listen().address() + ": " + e.getMessage(), e);
    }
  }

  private static EngineConnection connect(Callable<EngineConnection> engine)
      throws EngineUnreachableException {
    try {
      return engine.call();
    } catch (EngineUnreachableException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Shared shared(Parts parts, DeliveryBook book, EngineDoor door, Clock clock) {
    SecretValues secrets = new SecretValues(parts.secrets(), clock);
    InetSocketAddress address = parts.listen().address();
    String scheme = parts.listen().certificate().isPresent() ? "https://" : "http://";
    String url =
        parts
            .listen()
            .url()
            .orElse(scheme + address.getHostString() + ":" + address.getPort())
            .replaceAll("/+$", "");
    return new Shared(
        new KnownDefinitions(parts.known().first(), parts.known().later(), clock, parts.messages()),
        book,
        door,
        secrets,
        new ControlTokens(parts.tokens().controllers(), parts.tokens().readers(), secrets),
        new Metrics(book::waiting),
        new Audit(parts.audit(), clock),
        parts.limits(),
        clock,
        parts.messages(),
        url);
  }

  /** Where it listens; of interest where any free port was asked for. */
  public InetSocketAddress address() {
    return web.address();
  }

  /** Takes nothing new, ends what is under way, and leaves on the disk what waits. */
  @Override
  public void close() throws IOException {
    web.close();
    drain.close();
    reports.close();
    book.close();
    door.close();
  }
}
