package dev.lockstep.deploy.testbed;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Gives a test class a database server: from Testcontainers where a Docker daemon answers, else the
 * testbed's. Says which it is and why, on standard output and as a report entry. Where there is
 * neither, the class is skipped with that reason. One server a kind serves the whole JVM.
 *
 * <pre>{@code
 * @RegisterExtension static final TestDatabase POSTGRES = TestDatabase.of(POSTGRESQL);
 * }</pre>
 */
public final class TestDatabase implements BeforeAllCallback {
  private static final ExtensionContext.Namespace SERVERS =
      ExtensionContext.Namespace.create(TestDatabase.class);

  private final DatabaseKind kind;
  private @Nullable DatabaseServer server;

  private TestDatabase(DatabaseKind kind) {
    this.kind = kind;
  }

  public static TestDatabase of(DatabaseKind kind) {
    return new TestDatabase(kind);
  }

  /** Of this class, once its tests begin. */
  public DatabaseServer server() {
    return requireNonNull(server, "the server is there for the tests of a class only");
  }

  /** What JUnit's store holds, it closes at the end of the JVM: a container ends there. */
  @Override
  public void beforeAll(ExtensionContext context) {
    Choice choice =
        context
            .getRoot()
            .getStore(SERVERS)
            .computeIfAbsent(kind, it -> Choice.of(it, Sources.REAL), Choice.class);
    context.publishReportEntry("database server", choice.sentence());
    System.out.println(context.getDisplayName() + ": " + choice.sentence());
    server = choice.server().orElse(null);
    Assumptions.assumeTrue(server != null, choice::sentence);
  }

  /**
   * Where servers may come from.
   *
   * @param docker whether a Docker daemon answers
   * @param container starts a server in a container
   * @param testbed finds the server that the testbed has started
   */
  record Sources(
      BooleanSupplier docker,
      Function<DatabaseKind, DatabaseServer> container,
      Function<DatabaseKind, Optional<DatabaseServer>> testbed) {
    static final Sources REAL =
        new Sources(
            () -> DockerClientFactory.instance().isDockerAvailable(),
            ContainerServer::start,
            kind -> TestbedServer.find(kind, Testbed.read()));
  }

  /**
   * What was found.
   *
   * @param sentence which server and why, or why none
   */
  record Choice(Optional<DatabaseServer> server, String sentence) implements AutoCloseable {
    static Choice of(DatabaseKind kind, Sources sources) {
      if (sources.docker().getAsBoolean()) {
        DatabaseServer server = sources.container().apply(kind);
        return found(server, "a Docker daemon answers");
      }
      return sources
          .testbed()
          .apply(kind)
          .map(it -> found(it, "no Docker daemon answers"))
          .orElseGet(() -> none(kind));
    }

    private static Choice found(DatabaseServer server, String reason) {
      return new Choice(
          Optional.of(server),
          "%s: %s, because %s".formatted(server.kind(), server.origin(), reason));
    }

    private static Choice none(DatabaseKind kind) {
      return new Choice(
          Optional.empty(),
          "no %s: no Docker daemon answers, and the testbed has none (deploy/testbed/testbed up %s)"
              .formatted(kind, kind.part()));
    }

    @Override
    public void close() {
      server.ifPresent(DatabaseServer::close);
    }
  }
}
