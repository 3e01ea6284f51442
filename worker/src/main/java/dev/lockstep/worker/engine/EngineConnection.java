package dev.lockstep.worker.engine;

import dev.lockstep.workflows.wire.LockstepDataConverter;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetClusterInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A connection to one namespace of a Temporal service. */
public final class EngineConnection implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String address;
  private final boolean embedded;
  private final boolean searchAttributes;

  private EngineConnection(
      WorkflowServiceStubs stubs, WorkflowClientOptions options, String address) {
    this.stubs = stubs;
    this.client = WorkflowClient.newInstance(stubs, options);
    this.address = address;
    this.embedded = isTestServer(stubs);
    this.searchAttributes =
        embedded
            ? SearchAttributes.register(stubs)
            : SearchAttributes.available(stubs, options.getNamespace());
  }

  /**
   * Connects to a service.
   *
   * @param profile with an address
   * @throws EngineUnreachableException where it does not answer in ten seconds
   */
  public static EngineConnection to(ClientConfigProfile profile) throws EngineUnreachableException {
    WorkflowServiceStubs stubs = stubs(profile);
    try {
      // Not the SDK's connect: it asks the health service, which the test server does not have.
      stubs
          .blockingStub()
          .withWaitForReady()
          .withDeadlineAfter(CONNECT_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
      return new EngineConnection(
          stubs, withDefaults(profile.toWorkflowClientOptions()), profile.getAddress());
    } catch (StatusRuntimeException e) {
      stubs.shutdownNow();
      throw new EngineUnreachableException(profile.getAddress(), e);
    }
  }

  /** What is no address, and a certificate that is not there, show here. */
  private static WorkflowServiceStubs stubs(ClientConfigProfile profile)
      throws EngineUnreachableException {
    try {
      return WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions());
    } catch (RuntimeException e) {
      throw new EngineUnreachableException(profile.getAddress(), e);
    }
  }

  /**
   * Connects to the namespace {@code default} of a service without TLS, such as an embedded one.
   */
  public static EngineConnection to(String address) throws EngineUnreachableException {
    return to(ClientConfigProfile.newBuilder().setAddress(address).setNamespace("default").build());
  }

  /** The test server is the one that cannot say anything about its cluster. */
  private static boolean isTestServer(WorkflowServiceStubs stubs) {
    try {
      stubs.blockingStub().getClusterInfo(GetClusterInfoRequest.getDefaultInstance());
      return false;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.UNIMPLEMENTED;
    }
  }

  private static WorkflowClientOptions withDefaults(WorkflowClientOptions options) {
    return WorkflowClientOptions.newBuilder(options)
        .setDataConverter(LockstepDataConverter.create())
        .setIdentity("lockstep@" + ManagementFactory.getRuntimeMXBean().getName())
        .validateAndBuildWithDefaults();
  }

  /** For starting, finding and asking runs. */
  public WorkflowClient client() {
    return client;
  }

  /** Host and port. */
  public String address() {
    return address;
  }

  /** Whether the service is the SDK's test server, in this process or another one. */
  public boolean isEmbedded() {
    return embedded;
  }

  /** Whether runs may set Lockstep's search attributes: an unknown one would hang a run. */
  public boolean hasSearchAttributes() {
    return searchAttributes;
  }

  /** Lockstep's search attributes that the namespace does not have. */
  public List<String> missingSearchAttributes() {
    return embedded
        ? List.of()
        : SearchAttributes.missing(stubs, client.getOptions().getNamespace());
  }

  /** Registers them; needs the rights of an operator. */
  public void addSearchAttributes(List<String> names) {
    SearchAttributes.add(stubs, client.getOptions().getNamespace(), names);
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
