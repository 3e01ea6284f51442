package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.Instance;
import dev.lockstep.workflows.contract.StepOutcome;
import io.fabric8.kubernetes.api.model.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that are led to an instance and back, and the old instance that is stopped. */
final class SwitchedServicesTest {
  private static final String RUN = "shop-copy/1";
  private static final Map<String, String> BEFORE =
      Map.of("app", "postgres", "apps.kubernetes.io/pod-index", "0");
  private static final Map<String, String> AFTER =
      Map.of("lockstep.dev/instance", "postgres-copy", "apps.kubernetes.io/pod-index", "0");

  private final InstanceScene scene;

  SwitchedServicesTest(@TempDir Path directory) {
    scene = new InstanceScene(directory);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aServiceLeadsToTheInstanceAndBack() {
    assertThat(switchTo(RUN, "postgres").alreadyDone()).isFalse();
    assertThat(selector("postgres")).isEqualTo(AFTER);
    assertThat(service("postgres").getSpec().getPorts()).hasSize(1);

    assertThat(back(RUN).alreadyDone()).isFalse();
    assertThat(selector("postgres")).isEqualTo(BEFORE);
    assertThat(Patches.annotation(service("postgres"), SwitchNote.ANNOTATION)).isEmpty();
  }

  @Test
  void switchedTwiceItStillKnowsTheWayBack() {
    switchTo(RUN, "postgres");
    assertThat(switchTo(RUN, "postgres").alreadyDone()).isTrue();

    back(RUN);
    assertThat(selector("postgres")).isEqualTo(BEFORE);
    assertThat(back(RUN).alreadyDone()).isTrue();
    assertThat(selector("postgres")).isEqualTo(BEFORE);
  }

  @Test
  void switchedBackItCanBeSwitchedAgain() {
    switchTo(RUN, "postgres");
    back(RUN);

    switchTo(RUN, "postgres");

    assertThat(selector("postgres")).isEqualTo(AFTER);
  }

  @Test
  void withoutASwitchNothingIsPutBack() {
    assertThat(back(RUN).alreadyDone()).isTrue();
    assertThat(selector("postgres")).isEqualTo(BEFORE);
  }

  @Test
  void theNoteOfARunThatEndedGivesWay() {
    switchTo("shop-copy/1", "postgres");
    Instance next = new Instance("shop", "postgres-next", "postgres", "shop", Optional.empty());

    scene
        .activities()
        .switchService(
            InstanceScene.scope("shop-copy/2"),
            new BackupStep.SwitchService("shop", "postgres", next));

    assertThat(back("shop-copy/1").alreadyDone()).isTrue();
    assertThat(selector("postgres")).containsEntry("lockstep.dev/instance", "postgres-next");
    back("shop-copy/2");
    assertThat(selector("postgres")).isEqualTo(AFTER);
  }

  @Test
  void aSelectorThatSomebodySetMeanwhileStays() {
    switchTo(RUN, "postgres");
    select("postgres", "{app: mine}");

    assertFault(() -> back(RUN), "WORKLOAD_CHANGED", "has the selector {app=mine}");
    assertFault(() -> switchTo(RUN, "postgres"), "WORKLOAD_CHANGED", "has the selector {app=mine}");
    assertThat(selector("postgres")).isEqualTo(Map.of("app", "mine"));
  }

  @Test
  void aServiceThatChangedSinceItWasReadIsNotChanged() {
    Service read = service("postgres");
    select("postgres", "{app: mine}");
    RunObjects objects = new RunObjects(scene.client(), InstanceScene.scope(RUN).run(), "switch");
    Patches patch = new Patches();
    patch.spec().putObject("selector").put("app", "ours");

    assertFault(
        () -> objects.patch(read, patch), "WORKLOAD_BUSY", "changing Service shop/postgres");
    assertThat(selector("postgres")).isEqualTo(Map.of("app", "mine"));
  }

  @Test
  void aNoteThatSomebodyWroteIsNotFollowed() {
    scene
        .client()
        .resource(
            service("postgres")
                .edit()
                .editMetadata()
                .addToAnnotations(SwitchNote.ANNOTATION, "{}x")
                .endMetadata()
                .build())
        .update();

    assertFault(() -> back(RUN), "WORKLOAD_CHANGED", "is not what Lockstep wrote: {}x");
  }

  @Test
  void aServiceWithoutASelectorIsRefused() {
    assertFault(
        () -> switchTo(RUN, "outside"),
        "INSTANCE_UNEXPECTED",
        "Service shop/outside has no selector");
  }

  @Test
  void aServiceThatIsNotThereIsRefused() {
    assertFault(
        () -> switchTo(RUN, "postgers"),
        "INSTANCE_UNEXPECTED",
        "there is no Service shop/postgers");
  }

  @Test
  void aServiceDoesNotLeadToAnotherNamespace() {
    assertFault(
        () ->
            scene
                .activities()
                .switchService(
                    InstanceScene.scope(RUN),
                    new BackupStep.SwitchService("shop", "postgres", InstanceScene.THROWN_AWAY)),
        "INSTANCE_UNEXPECTED",
        "cannot lead to StatefulSet drill-1/postgres elsewhere");
  }

  @Test
  void theOldInstanceIsStoppedAndItsClaimsStay() {
    scene.control();

    StepOutcome outcome = stop("postgres");

    assertThat(outcome.alreadyDone()).isFalse();
    assertThat(scene.statefulSet("shop", "postgres"))
        .satisfies(
            set -> {
              assertThat(set.getSpec().getReplicas()).isZero();
              assertThat(set.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenScaled())
                  .isEqualTo("Retain");
              assertThat(set.getMetadata().getAnnotations())
                  .containsEntry("lockstep.dev/replicas-before", "2");
            });
    assertThat(scene.client().pods().inNamespace("shop").list().getItems()).isEmpty();
    assertThat(scene.client().persistentVolumeClaims().inNamespace("shop").list().getItems())
        .hasSize(2);
    assertThat(scene.recording.reasons()).contains("pod postgres-1 still runs");
    assertThat(stop("postgres").alreadyDone()).isTrue();
  }

  @Test
  void anOldInstanceThatIsNotThereIsStopped() {
    assertThat(stop("nothing").alreadyDone()).isTrue();
  }

  @Test
  void anOldInstanceThatSomebodyScalesUpIsNotFoughtOver() {
    scene.control();
    scene.meanwhile.add(
        () ->
            scene.client().apps().statefulSets().inNamespace("shop").withName("postgres").scale(1));

    scene.meanwhile.add(scene::control);

    assertFault(() -> stop("postgres"), "WORKLOAD_CHANGED", "was scaled to 1 by somebody else");
  }

  @Test
  void anOldInstanceThatDoesNotStopIsNamed() {
    scene.control();
    scene
        .client()
        .pods()
        .inNamespace("shop")
        .withName("postgres-1")
        .edit(pod -> pod.edit().editMetadata().addToFinalizers("held/here").endMetadata().build());

    assertFault(
        () ->
            scene
                .activities(Duration.ofMillis(600))
                .stopOld(InstanceScene.scope(RUN), new BackupStep.StopOld("shop", "postgres")),
        "INSTANCE_UNEXPECTED",
        "has not stopped within 0s: pod postgres-1 still runs");
  }

  private StepOutcome switchTo(String run, String service) {
    return scene
        .activities()
        .switchService(
            InstanceScene.scope(run),
            new BackupStep.SwitchService("shop", service, InstanceScene.COPY));
  }

  private StepOutcome back(String run) {
    return scene
        .activities()
        .switchBack(InstanceScene.scope(run), new BackupStep.SwitchBack("shop", "postgres"));
  }

  private StepOutcome stop(String name) {
    return scene
        .activities()
        .stopOld(InstanceScene.scope(RUN), new BackupStep.StopOld("shop", name));
  }

  private void select(String service, String selector) {
    scene.put(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: %s
          namespace: shop
          annotations: {%s: '%s'}
        spec: {selector: %s, ports: [{port: 5432}]}
        """
            .formatted(
                service,
                SwitchNote.ANNOTATION,
                Patches.annotation(service(service), SwitchNote.ANNOTATION).orElse(""),
                selector));
  }

  private Service service(String name) {
    return scene.client().services().inNamespace("shop").withName(name).get();
  }

  private Map<String, String> selector(String service) {
    Map<String, String> selector = new TreeMap<>(service(service).getSpec().getSelector());
    // The real server removes what a merge patch sets to null, this one keeps the null.
    selector.values().removeIf(Objects::isNull);
    return selector;
  }

  private static void assertFault(Runnable call, String code, String message) {
    assertThatThrownBy(call::run).hasMessageContaining(message).extracting("type").isEqualTo(code);
  }
}
