package dev.lockstep.worker.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hands say when the API server refuses, or is not there. */
final class ClusterFaultsTest {
  private final RolloutFixture shop;

  ClusterFaultsTest(@TempDir Path directory) throws IOException {
    shop = new RolloutFixture(directory);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void aDeploymentThatIsNotThereIsUnknown() {
    expect(
        FaultCode.WORKLOAD_UNKNOWN, "Deployment shop/web does not exist in the cluster", this::act);
    assertThat(shop.rollBack().alreadyDone()).isTrue();
  }

  @Test
  void aRefusalCarriesTheServersWords() {
    shop.withWeb();
    shop.cluster.api().refuse(new Refusal(403, "Forbidden", "User \"ci\" cannot get deployments"));

    expect(
        FaultCode.CLUSTER_REFUSED,
        "reading Deployment shop/web: the cluster answers 403: User \"ci\" cannot get deployments",
        this::act);
  }

  @Test
  void aServerThatIsAwayIsTriedAgainLater() {
    shop.withWeb();
    shop.cluster.api().stopListening();
    expect(FaultCode.SERVER_UNREACHABLE, "the cluster does not answer", this::act);

    shop.cluster.api().listenAgain();
    act();

    assertThat(shop.image("web")).isEqualTo("shop-web:2");
  }

  @Test
  void anOverloadedServerIsTriedAgainLater() {
    shop.withWeb();
    shop.cluster.api().refuse(new Refusal(429, "TooManyRequests", "slow down"));
    expect(FaultCode.SERVER_UNREACHABLE, "429", this::act);

    shop.cluster.api().refuse(null);
    act();

    assertThat(shop.image("web")).isEqualTo("shop-web:2");
  }

  private void act() {
    shop.rollOut("shop-web:2");
  }

  private static void expect(FaultCode code, String message, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(code.name());
              assertThat(failure.isNonRetryable()).isEqualTo(!code.kind().retried());
            })
        .hasMessageContaining(message);
  }
}
