package dev.lockstep.worker.engine;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;
import java.util.Set;

/** Lockstep's search attributes on a service. All are keywords. */
final class SearchAttributes {
  private static final List<String> NAMES =
      List.of("LockstepKind", "LockstepName", "LockstepDatabase", "LockstepPhase", "LockstepState");

  private SearchAttributes() {}

  /** Whether every one is registered in the namespace; a service that does not say has none. */
  static boolean available(WorkflowServiceStubs stubs, String namespace) {
    try {
      return missing(stubs, namespace).isEmpty();
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  /** Those that are not registered in the namespace. */
  static List<String> missing(WorkflowServiceStubs stubs, String namespace) {
    Set<String> known =
        operator(stubs)
            .blockingStub()
            .listSearchAttributes(
                ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
            .getCustomAttributesMap()
            .keySet();
    return NAMES.stream().filter(name -> !known.contains(name)).toList();
  }

  /** Registers these in the namespace. */
  static void add(WorkflowServiceStubs stubs, String namespace, List<String> names) {
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace(namespace);
    names.forEach(
        name -> request.putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    operator(stubs).blockingStub().addSearchAttributes(request.build());
  }

  /** Registers them on the embedded service, which cannot list them. */
  static boolean register(WorkflowServiceStubs stubs) {
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace("default");
    NAMES.forEach(
        name -> request.putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    try {
      operator(stubs).blockingStub().addSearchAttributes(request.build());
      return true;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.ALREADY_EXISTS;
    }
  }

  private static OperatorServiceStubs operator(WorkflowServiceStubs stubs) {
    return OperatorServiceStubs.newServiceStubs(
        OperatorServiceStubsOptions.newBuilder()
            .setChannel(stubs.getRawChannel())
            .validateAndBuildWithDefaults());
  }
}
