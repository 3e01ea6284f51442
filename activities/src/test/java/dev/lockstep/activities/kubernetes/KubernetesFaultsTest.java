package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.temporal.failure.ApplicationFailure;
import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KubernetesFaultsTest {
  @ParameterizedTest
  @CsvSource({
    "400, CLUSTER_REFUSED",
    "401, CREDENTIALS_REFUSED",
    "403, CLUSTER_REFUSED",
    "404, WORKLOAD_UNKNOWN",
    "409, WORKLOAD_BUSY",
    "418, CLUSTER_REFUSED",
    "422, CLUSTER_REFUSED",
    "429, SERVER_UNREACHABLE",
    "500, SERVER_UNREACHABLE",
    "502, SERVER_UNREACHABLE",
    "503, SERVER_UNREACHABLE",
    "0, SERVER_UNREACHABLE"
  })
  void everyStatusHasItsFault(int status, FaultCode code) {
    assertThat(KubernetesFaults.code(status)).isEqualTo(code);
  }

  @Test
  void theMessageHasTheServersWords() {
    KubernetesClientException refused =
        new KubernetesClientException(
            "Failure executing: GET",
            422,
            new StatusBuilder().withMessage("spec.replicas: Invalid value").build());

    assertThatThrownBy(() -> call(refused))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.isNonRetryable()).isTrue())
        .hasMessageContaining("applying x: the cluster answers 422: spec.replicas: Invalid value");
  }

  @Test
  void noAnswerHasTheCauseAndIsRetried() {
    KubernetesClientException away =
        new KubernetesClientException(
            "An error has occurred.", new ConnectException("Connection refused: /127.0.0.1:6443"));

    assertThatThrownBy(() -> call(away))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.isNonRetryable()).isFalse())
        .hasMessageContaining("the cluster does not answer: Connection refused: /127.0.0.1:6443");
  }

  @Test
  void aServerThatHasNotReadItsRulesYetIsAskedAgain() {
    AtomicInteger calls = new AtomicInteger();

    String answer =
        KubernetesFaults.translating(
            "reading x",
            "step",
            () -> {
              if (calls.incrementAndGet() < 3) {
                throw new KubernetesClientException("Forbidden", 403, null);
              }
              return "there";
            });

    assertThat(answer).isEqualTo("there");
  }

  @Test
  void whatStaysForbiddenIsRefused() {
    assertThatThrownBy(() -> call(new KubernetesClientException("Forbidden", 403, null)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.isNonRetryable()).isTrue())
        .hasMessageContaining("the cluster answers 403: Forbidden");
  }

  private static void call(KubernetesClientException thrown) {
    KubernetesFaults.translating(
        "applying x",
        "step",
        () -> {
          throw thrown;
        });
  }
}
