package dev.lockstep.deploy.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A server in a container of Testcontainers; client programs run inside of it. */
final class ContainerServer implements DatabaseServer {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final DatabaseKind kind;
  private final GenericContainer<?> container;

  private ContainerServer(DatabaseKind kind, GenericContainer<?> container) {
    this.kind = kind;
    this.container = container;
  }

  static ContainerServer start(DatabaseKind kind) {
    DatabaseKind.Image image = kind.image();
    GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image.name()));
    container.withEnv(image.environment()).withExposedPorts(image.port());
    if (!image.command().isEmpty()) {
      container.setCommand(image.command().toArray(String[]::new));
    }
    ContainerServer server = new ContainerServer(kind, container);
    container.waitingFor(Wait.forSuccessfulCommand(server.probe()).withStartupTimeout(PATIENCE));
    container.start();
    return server;
  }

  /** By TCP: while an image sets its database up, that answers by a socket only. */
  private String probe() {
    String words =
        kind.statement(endpointOfPrograms(), kind.firstDatabase(), "select 1").stream()
            .map(it -> "'" + it + "'")
            .collect(Collectors.joining(" "));
    return kind.login().variable() + "=" + kind.login().password() + " " + words;
  }

  @Override
  public DatabaseKind kind() {
    return kind;
  }

  @Override
  public String origin() {
    return "a Testcontainers container of " + kind.image().name();
  }

  @Override
  public DatabaseKind.Endpoint endpoint() {
    return new DatabaseKind.Endpoint(
        container.getHost(), container.getMappedPort(kind.image().port()));
  }

  @Override
  public DatabaseKind.Endpoint endpointOfPrograms() {
    return new DatabaseKind.Endpoint("127.0.0.1", kind.image().port());
  }

  @Override
  public ProgramResult run(List<String> words) throws InterruptedException {
    try {
      Container.ExecResult result =
          container.execInContainer(
              ExecConfig.builder()
                  .command(words.toArray(String[]::new))
                  .envVars(Map.of(kind.login().variable(), kind.login().password()))
                  .build());
      return new ProgramResult(result.getExitCode(), result.getStdout(), result.getStderr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String place(String name, String text) {
    String path = "/tmp/" + name;
    container.copyFileToContainer(Transferable.of(text), path);
    return path;
  }

  @Override
  public void close() {
    container.stop();
  }
}
