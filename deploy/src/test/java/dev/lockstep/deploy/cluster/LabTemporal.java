package dev.lockstep.deploy.cluster;

import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.EngineUnreachableException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The testbed's Temporal service, in a namespace where only the lab's workers work. */
final class LabTemporal implements AutoCloseable {
  private static final String NAMESPACE = "lab-" + ProcessHandle.current().pid();

  private static final Duration RETENTION = Duration.ofDays(3);

  /** The service shows new namespaces to its parts after some seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final String address;
  private final EngineConnection connection;

  private LabTemporal(String address, EngineConnection connection) {
    this.address = address;
    this.connection = connection;
  }

  /** Registers the namespace where it is not there, and connects to it. */
  static LabTemporal connect(String address) throws EngineUnreachableException {
    try (EngineConnection first = EngineConnection.to(address)) {
      register(first.client().getWorkflowServiceStubs());
      WorkflowClient lab =
          WorkflowClient.newInstance(
              first.client().getWorkflowServiceStubs(),
              first.client().getOptions().toBuilder().setNamespace(NAMESPACE).build());
      Awaitility.await("namespace " + NAMESPACE)
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> lab.countWorkflows("").getCount() >= 0);
    }
    ClientConfigProfile profile =
        ClientConfigProfile.newBuilder().setAddress(address).setNamespace(NAMESPACE).build();
    return new LabTemporal(address, EngineConnection.to(profile));
  }

  /** Host and port, as this machine reaches it. */
  String address() {
    return address;
  }

  /** Of this JVM alone. */
  String namespace() {
    return NAMESPACE;
  }

  WorkflowClient client() {
    return connection.client();
  }

  private static void register(WorkflowServiceStubs stubs) {
    try {
      stubs
          .blockingStub()
          .registerNamespace(
              RegisterNamespaceRequest.newBuilder()
                  .setNamespace(NAMESPACE)
                  .setWorkflowExecutionRetentionPeriod(
                      com.google.protobuf.Duration.newBuilder()
                          .setSeconds(RETENTION.toSeconds())
                          .build())
                  .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
