package dev.lockstep.worker.cli;

import dev.lockstep.worker.engine.EmbeddedRuns;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.EngineUnreachableException;
import dev.lockstep.worker.engine.RunStarter;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Temporal service a command talks to. Shared by every command that needs one. */
final class ServiceOptions {
  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "Temporal service; default: $TEMPORAL_ADDRESS or a Temporal profile.")
  private @Nullable String address;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Temporal namespace; default: $TEMPORAL_NAMESPACE, the profile's, or default.")
  private @Nullable String namespace;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile of the Temporal configuration file; default: $TEMPORAL_PROFILE.")
  private @Nullable String profile;

  /**
   * The service that was named.
   *
   * @param why it is needed, for people
   */
  ClientConfigProfile required(String why) {
    return named()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.INVALID,
                    why + ": give --address, TEMPORAL_ADDRESS or a Temporal profile"));
  }

  /** The service that was named, by option, environment or profile; absent: run embedded. */
  Optional<ClientConfigProfile> named() {
    LoadClientConfigProfileOptions.Builder load = LoadClientConfigProfileOptions.newBuilder();
    if (profile != null) {
      load.setConfigFileProfile(profile);
    }
    try {
      ClientConfigProfile.Builder found = ClientConfigProfile.load(load.build()).toBuilder();
      if (address != null) {
        found.setAddress(address);
      }
      if (namespace != null) {
        found.setNamespace(namespace);
      }
      ClientConfigProfile complete = found.build();
      String where = complete.getAddress();
      boolean embedded = where == null || where.isEmpty();
      if (embedded && (namespace != null || profile != null)) {
        throw new CommandFailure(
            ExitCode.INVALID,
            "--namespace and --profile are about a Temporal service, and none is named: give"
                + " --address, TEMPORAL_ADDRESS or a profile with an address");
      }
      return embedded ? Optional.empty() : Optional.of(complete);
    } catch (CommandFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new CommandFailure(
          ExitCode.INVALID, "the Temporal profile cannot be read: " + e.getMessage());
    }
  }

  /** Connects to the named service. */
  static EngineConnection connect(ClientConfigProfile profile) {
    try {
      return EngineConnection.to(profile);
    } catch (EngineUnreachableException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Connects to whatever service knows that run: the named one, or an embedded one of this user.
   */
  EngineConnection connectTo(String run) {
    Optional<ClientConfigProfile> named = named();
    return named.isPresent() ? connect(named.get()) : findEmbedded(run);
  }

  private static EngineConnection findEmbedded(String run) {
    List<String> addresses = embeddedRuns().addresses();
    List<EngineConnection> found = new ArrayList<>();
    for (String address : addresses) {
      Optional<EngineConnection> connection = reach(address);
      if (connection.isPresent() && knows(connection.get(), run)) {
        found.add(connection.get());
      } else {
        connection.ifPresent(EngineConnection::close);
      }
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    found.forEach(EngineConnection::close);
    if (found.size() > 1) {
      throw new CommandFailure(
          ExitCode.INVALID,
          "several lockstep processes of this user run "
              + RunStarter.workflowId(run)
              + ": choose one with --address "
              + String.join(" or ", found.stream().map(EngineConnection::address).toList()));
    }
    throw new CommandFailure(
        ExitCode.UNREACHABLE,
        addresses.isEmpty()
            ? "no lockstep process runs here and no Temporal service is named: give --address,"
                + " TEMPORAL_ADDRESS or a Temporal profile"
            : "no lockstep process of this user runs " + RunStarter.workflowId(run));
  }

  /** Absent: the process that noted the address has ended, and another one has its id. */
  private static Optional<EngineConnection> reach(String address) {
    try {
      return Optional.of(EngineConnection.to(address));
    } catch (EngineUnreachableException e) {
      return Optional.empty();
    }
  }

  private static boolean knows(EngineConnection connection, String run) {
    try {
      stub(connection, run).describe();
      return true;
    } catch (WorkflowNotFoundException e) {
      return false;
    }
  }

  /** The run of that name or workflow id. */
  static WorkflowStub stub(EngineConnection connection, String run) {
    return connection.client().newUntypedWorkflowStub(RunStarter.workflowId(run));
  }

  static EmbeddedRuns embeddedRuns() {
    return new EmbeddedRuns(Path.of(System.getProperty("user.home"), ".lockstep", "embedded"));
  }
}
