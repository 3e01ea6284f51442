package dev.lockstep.deploy.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.kubernetes.KubernetesInstanceActivities;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.Instance;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.temporal.client.ActivityCanceledException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Instances of a real PostgreSQL on a real node: made, switched to, switched back, removed. */
final class InstanceRealIT {
  @RegisterExtension static final InstanceLab LAB = new InstanceLab("restores");

  private static final String RUN = "shop-copy/1";

  @Test
  void aServiceLeadsToANewInstanceAndBackAndNothingIsLeft() {
    Instance copy = new Instance("restores", "copy", "postgres", "restores", Optional.empty());
    LAB.sql("postgres-0", "create table if not exists kept as select 1 as id");

    StepOutcome made = activities().makeInstance(scope(RUN), new BackupStep.MakeInstance(copy));

    assertThat(made.figures()).containsEntry("pods", 1L);
    assertThat(LAB.sql("copy-0", "select to_regclass('kept') is null")).isEqualTo("t");
    assertThat(LAB.claims()).contains("data-copy-0");
    // Its headless Service, and no other, leads to it.
    LAB.awaitLeadsTo("copy", List.of("copy-0"));
    LAB.awaitLeadsTo("postgres", List.of("postgres-0"));
    LAB.awaitLeadsTo("postgres-pods", List.of("postgres-0", "postgres-1"));
    String uid = LAB.statefulSet("copy").map(ObjectMeta::getUid).orElseThrow();
    activities().makeInstance(scope(RUN), new BackupStep.MakeInstance(copy));
    assertThat(LAB.statefulSet("copy").map(ObjectMeta::getUid)).contains(uid);
    assertThat(LAB.managers("copy")).contains("lockstep");

    switchTo(copy);
    LAB.awaitLeadsTo("postgres", List.of("copy-0"));
    assertThat(switchTo(copy).alreadyDone()).isTrue();
    assertThat(switchBack().alreadyDone()).isFalse();
    LAB.awaitLeadsTo("postgres", List.of("postgres-0"));
    assertThat(switchBack().alreadyDone()).isTrue();

    assertThat(remove(copy).alreadyDone()).isFalse();
    assertThat(LAB.statefulSet("copy")).isEmpty();
    assertThat(LAB.pods()).containsExactly("postgres-0", "postgres-1");
    assertThat(LAB.claims()).containsExactly("data-postgres-0", "data-postgres-1");
    assertThat(LAB.services()).doesNotContain("copy");
    assertThat(remove(copy).alreadyDone()).isTrue();
    assertThat(LAB.sql("postgres-0", "select id from kept")).isEqualTo("1");
  }

  @Test
  void anInstanceWhoseWorkerWasStoppedIsFinishedOrRemovedByTheNext() {
    Instance copy = new Instance("restores", "half", "postgres", "restores", Optional.empty());
    KubernetesInstanceActivities stopped =
        LAB.activities(
            () -> {
              throw new ActivityCanceledException();
            });

    assertThatThrownBy(() -> stopped.makeInstance(scope(RUN), new BackupStep.MakeInstance(copy)))
        .isInstanceOf(ActivityCanceledException.class);
    assertThat(LAB.statefulSet("half")).isPresent();
    activities().makeInstance(scope(RUN), new BackupStep.MakeInstance(copy));
    assertThat(LAB.sql("half-0", "select 1")).isEqualTo("1");

    assertThatThrownBy(
            () -> stopped.removeInstance(scope(RUN), new BackupStep.RemoveInstance(copy)))
        .isInstanceOf(ActivityCanceledException.class);
    assertThat(remove(copy).alreadyDone()).isFalse();
    assertThat(LAB.claims()).doesNotContain("data-half-0");
    assertThat(LAB.pods()).doesNotContain("half-0");
  }

  @Test
  void aThrowAwayInstanceRunsInItsOwnNamespaceAndAnExpiredOneIsSweptAway() {
    Instance dead = throwAway("restores-dead", Duration.ofMillis(1));
    Instance drill = throwAway("restores-drill", Duration.ofHours(1));
    activities().makeInstance(scope("dead/1"), new BackupStep.MakeInstance(dead));
    assertThat(LAB.namespaces()).contains("restores-dead");

    activities().makeInstance(scope("drill/1"), new BackupStep.MakeInstance(drill));

    LAB.awaitNamespaceGone("restores-dead");
    assertThat(LAB.sql("restores-drill", "postgres-0", "select 1")).isEqualTo("1");
    assertThat(LAB.secrets("restores-drill"))
        .containsExactly("postgres-admin", "shop-db", "shop-web-db");
    assertThat(remove("drill/1", drill).alreadyDone()).isFalse();
    assertThat(LAB.namespaces()).doesNotContain("restores-drill");
    assertThat(remove("drill/1", drill).alreadyDone()).isTrue();
  }

  @Test
  void anOldInstanceIsStoppedAndKeepsItsClaims() {
    Instance old = new Instance("restores", "old", "postgres", "restores", Optional.empty());
    activities().makeInstance(scope(RUN), new BackupStep.MakeInstance(old));

    StepOutcome stopped =
        activities().stopOld(scope(RUN), new BackupStep.StopOld("restores", "old"));

    assertThat(stopped.alreadyDone()).isFalse();
    assertThat(LAB.pods()).doesNotContain("old-0");
    assertThat(LAB.claims()).contains("data-old-0");
    assertThat(
            activities()
                .stopOld(scope(RUN), new BackupStep.StopOld("restores", "old"))
                .alreadyDone())
        .isTrue();
    remove(old);
    assertThat(LAB.claims()).doesNotContain("data-old-0");
  }

  private static Instance throwAway(String namespace, Duration lifetime) {
    return new Instance(namespace, "postgres", "postgres", "restores", Optional.of(lifetime));
  }

  private static KubernetesInstanceActivities activities() {
    return LAB.activities(() -> {});
  }

  private static StepOutcome switchTo(Instance instance) {
    return activities()
        .switchService(scope(RUN), new BackupStep.SwitchService("restores", "postgres", instance));
  }

  private static StepOutcome switchBack() {
    return activities().switchBack(scope(RUN), new BackupStep.SwitchBack("restores", "postgres"));
  }

  private static StepOutcome remove(Instance instance) {
    return remove(RUN, instance);
  }

  private static StepOutcome remove(String run, Instance instance) {
    return activities().removeInstance(scope(run), new BackupStep.RemoveInstance(instance));
  }

  private static StepScope scope(String run) {
    return new StepScope(
        new RunKey(run),
        "instance",
        new Database(
            "shop",
            Engine.POSTGRESQL,
            new Connection.Service("restores", "postgres", 5432, "shop"),
            new Credentials.None(),
            List.of()),
        Limits.DEFAULT);
  }
}
