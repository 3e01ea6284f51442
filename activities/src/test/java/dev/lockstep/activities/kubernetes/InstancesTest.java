package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.Instance;
import dev.lockstep.workflows.contract.StepOutcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.temporal.client.ActivityCanceledException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances made and removed, against an API server without controllers. */
final class InstancesTest {
  private static final String RUN = "shop-copy/1";
  private static final BackupStep.MakeInstance MAKE =
      new BackupStep.MakeInstance(InstanceScene.COPY);
  private static final BackupStep.RemoveInstance REMOVE =
      new BackupStep.RemoveInstance(InstanceScene.COPY);
  private static final BackupStep.MakeInstance MAKE_THROWN_AWAY =
      new BackupStep.MakeInstance(InstanceScene.THROWN_AWAY);

  private final InstanceScene scene;

  InstancesTest(@TempDir Path directory) {
    scene = new InstanceScene(directory);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void theInstanceHasOnePodOfTheSourcesTemplateAndEmptyClaims() {
    StepOutcome outcome = make();

    StatefulSet made = scene.statefulSet("shop", "postgres-copy");
    StatefulSet source = scene.statefulSet("shop", "postgres");
    assertThat(outcome.figures()).containsEntry("pods", 1L).containsKey("durationMillis");
    assertThat(made.getMetadata().getAnnotations()).containsEntry("lockstep.dev/run", RUN);
    assertThat(made.getSpec().getReplicas()).isEqualTo(1);
    assertThat(made.getSpec().getServiceName()).isEqualTo("postgres-copy");
    assertThat(made.getSpec().getPersistentVolumeClaimRetentionPolicy()).isNull();
    assertThat(made.getSpec().getTemplate().getSpec().getContainers())
        .isEqualTo(source.getSpec().getTemplate().getSpec().getContainers());
    PersistentVolumeClaim claim =
        scene
            .client()
            .persistentVolumeClaims()
            .inNamespace("shop")
            .withName("data-postgres-copy-0")
            .get();
    assertThat(claim.getSpec().getDataSource()).isNull();
    assertThat(claim.getSpec().getStorageClassName()).isEqualTo("fast");
    assertThat(claim.getSpec().getResources().getRequests()).hasToString("{storage=3Gi}");
    assertThat(claim.getMetadata().getAnnotations()).containsEntry("lockstep.dev/run", RUN);
  }

  @Test
  void anInstanceThatIsKeptIsNeitherRemovedNorTakenForOurs() {
    make();
    Instance kept = new Instance("shop", "postgres-copy", "postgres", "shop", Optional.empty());

    scene.activities().keepInstance(InstanceScene.scope(RUN), new BackupStep.KeepInstance(kept));

    assertThat(remove(RUN).alreadyDone()).isTrue();
    assertThat(scene.statefulSet("shop", "postgres-copy")).isNotNull();
    assertThatThrownBy(this::make).hasMessageContaining("is there already");
  }

  @Test
  void nothingThatFindsTheSourcesPodsFindsThoseOfTheInstance() {
    make();

    Map<String, String> labels =
        scene
            .client()
            .pods()
            .inNamespace("shop")
            .withName("postgres-copy-0")
            .get()
            .getMetadata()
            .getLabels();
    LabelSelector source = scene.statefulSet("shop", "postgres").getSpec().getSelector();
    assertThat(labels.entrySet()).doesNotContainAnyElementsOf(source.getMatchLabels().entrySet());
    assertThat(scene.client().services().inNamespace("shop").list().getItems())
        .filteredOn(service -> OwnLabels.selects(service, labels))
        .extracting(service -> service.getMetadata().getName())
        .containsExactly("postgres-copy");
    assertThat(labels)
        .containsEntry("lockstep.dev/instance", "postgres-copy")
        .containsEntry("team", "shop");
  }

  @Test
  void aNameThatIsTheValueOfALabelMakesNoDifference() {
    Instance data = new Instance("shop", "data", "postgres", "shop", Optional.empty());

    scene.activities().makeInstance(InstanceScene.scope(RUN), new BackupStep.MakeInstance(data));

    assertThat(
            scene
                .client()
                .pods()
                .inNamespace("shop")
                .withName("data-0")
                .get()
                .getMetadata()
                .getLabels())
        .containsOnly(
            Map.entry("app", "data"),
            Map.entry("team", "shop"),
            Map.entry("lockstep.dev/instance", "data"));
  }

  @Test
  void aPodThatAServiceWouldFindByTheInstancesLabelIsRefused() {
    scene.put(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: everything, namespace: shop}
        spec: {selector: {apps.kubernetes.io/pod-index: "0"}, ports: [{port: 5432}]}
        """);

    assertRefused(
        this::make, "Service shop/everything would lead to StatefulSet shop/postgres-copy");
    assertThat(service("postgres-copy")).isNull();
  }

  @Test
  void rulesOfAffinityThatMeantTheSourcesPodsMeanTheInstances() {
    make();

    assertThat(
            scene
                .statefulSet("shop", "postgres-copy")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getAffinity()
                .getPodAntiAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution())
        .extracting(PodAffinityTerm::getLabelSelector)
        .extracting(LabelSelector::getMatchLabels)
        .containsExactly(Map.of("lockstep.dev/instance", "postgres-copy"), Map.of("app", "noisy"));
  }

  @Test
  void theServiceIsHeadlessAndHasThePortsOfTheSources() {
    make();

    Service service = service("postgres-copy");
    assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(service.getSpec().getPorts())
        .extracting(port -> port.getName() + " " + port.getPort())
        .containsExactly("postgres 5432", "metrics 9187");
    assertThat(service.getSpec().getSelector())
        .containsExactly(Map.entry("lockstep.dev/instance", "postgres-copy"));
  }

  @Test
  void madeTwiceItIsTheSame() {
    make();
    String before = scene.statefulSet("shop", "postgres-copy").getMetadata().getResourceVersion();

    make();

    assertThat(scene.statefulSet("shop", "postgres-copy").getMetadata().getResourceVersion())
        .isEqualTo(before);
  }

  @Test
  void aSecondWorkerGoesOnWhereTheFirstWasStopped() {
    scene.meanwhile.add(scene.recording::cancel);
    assertThatThrownBy(this::make).isInstanceOf(ActivityCanceledException.class);
    scene.client().apps().statefulSets().inNamespace("shop").withName("postgres-copy").delete();

    scene.recording = new RecordingReporter();
    make();

    assertThat(scene.statefulSet("shop", "postgres-copy")).isNotNull();
  }

  @Test
  void whatAnotherRunMadeIsLeftAlone() {
    make();

    assertRefused(
        () -> scene.activities().makeInstance(InstanceScene.scope("shop-copy/2"), MAKE),
        "postgres-copy-0 is there already, and shop-copy/2 did not make it, but shop-copy/1");
    assertThat(remove("shop-copy/2").alreadyDone()).isTrue();
    assertThat(scene.statefulSet("shop", "postgres-copy")).isNotNull();
    assertThat(service("postgres-copy")).isNotNull();
  }

  @Test
  void aStatefulSetOfThatNameThatSomebodyMadeIsLeftAlone() {
    scene.put(
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: postgres-copy, namespace: shop}
        spec:
          replicas: 0
          selector: {matchLabels: {app: mine}}
          template: {metadata: {labels: {app: mine}}, spec: {containers: []}}
        """);

    assertRefused(this::make, "StatefulSet shop/postgres-copy is there already");

    remove(RUN);
    assertThat(scene.statefulSet("shop", "postgres-copy").getSpec().getReplicas()).isZero();
    assertThat(service("postgres-copy")).isNull();
  }

  @Test
  void aClaimThatSomebodyMadeIsNotStartedOn() {
    scene.put(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data-postgres-copy-0, namespace: shop}
        spec: {accessModes: [ReadWriteOnce]}
        """);

    assertRefused(this::make, "PersistentVolumeClaim shop/data-postgres-copy-0 is there already");
    assertThat(scene.statefulSet("shop", "postgres-copy")).isNull();
  }

  @Test
  void aTemplateThatMountsAClaimOfTheSourceIsRefused() {
    StatefulSet source = scene.statefulSet("shop", "postgres");
    scene
        .client()
        .resource(
            source
                .edit()
                .editSpec()
                .editTemplate()
                .editSpec()
                .addNewVolume()
                .withName("shared")
                .withNewPersistentVolumeClaim("archive", false)
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .update();

    assertRefused(this::make, "would work on the claim archive, which is not its own");
  }

  @Test
  void withoutAServiceOfTheSourcePortsAreThoseOfTheContainers() {
    scene.put(
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: bare, namespace: shop}
        spec:
          replicas: 1
          selector: {matchLabels: {app: bare}}
          template:
            metadata: {labels: {app: bare}}
            spec: {containers: [{name: db, ports: [{containerPort: 3306}]}]}
        """);
    Instance copy = new Instance("shop", "bare-copy", "bare", "shop", Optional.empty());

    scene.activities().makeInstance(InstanceScene.scope(RUN), new BackupStep.MakeInstance(copy));

    assertThat(service("bare-copy").getSpec().getPorts())
        .extracting(port -> port.getPort())
        .containsExactly(3306);
  }

  @Test
  void anInstanceThatDoesNotBecomeReadySaysWhatItsPodSays() {
    scene.notReady.add("postgres-copy-0");
    assertThatThrownBy(
            () ->
                scene
                    .activities(Duration.ofMillis(300))
                    .makeInstance(InstanceScene.scope(RUN), MAKE))
        .hasMessageContaining(
            "StatefulSet shop/postgres-copy is not ready within 0s: pod postgres-copy-0 is not ready")
        .hasMessageContaining("container postgres: waiting: CrashLoopBackOff, 4 restarts")
        .extracting("type")
        .isEqualTo("INSTANCE_UNEXPECTED");
    assertThat(scene.recording.reasons()).contains("pod postgres-copy-0 is not there");
  }

  @Test
  void aSourceThatIsNotThereIsNamed() {
    Instance copy = new Instance("shop", "copy", "postgers", "shop", Optional.empty());

    assertThatThrownBy(
            () ->
                scene
                    .activities()
                    .makeInstance(InstanceScene.scope(RUN), new BackupStep.MakeInstance(copy)))
        .hasMessageContaining("StatefulSet shop/postgers does not exist")
        .extracting("type")
        .isEqualTo("WORKLOAD_UNKNOWN");
  }

  @Test
  void removedItIsGoneWithItsClaimsAndNothingElse() {
    make();
    scene.put(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: mine, namespace: shop, labels: {lockstep.dev/instance: postgres-copy}}
        spec: {accessModes: [ReadWriteOnce]}
        """);

    StepOutcome outcome = remove(RUN);

    assertThat(outcome.alreadyDone()).isFalse();
    assertThat(scene.statefulSet("shop", "postgres-copy")).isNull();
    assertThat(service("postgres-copy")).isNull();
    assertThat(names(scene.client().persistentVolumeClaims().inNamespace("shop").list().getItems()))
        .contains("mine", "data-postgres-0")
        .doesNotContain("data-postgres-copy-0");
    assertThat(scene.statefulSet("shop", "postgres")).isNotNull();
    assertThat(service("postgres")).isNotNull();
    assertThat(remove(RUN).alreadyDone()).isTrue();
  }

  @Test
  void aRemovalThatWasStoppedGoesOnWithWhatIsLeft() {
    make();
    scene.client().apps().statefulSets().inNamespace("shop").withName("postgres-copy").delete();

    assertThat(remove(RUN).alreadyDone()).isFalse();

    assertThat(service("postgres-copy")).isNull();
    assertThat(names(scene.client().persistentVolumeClaims().inNamespace("shop").list().getItems()))
        .doesNotContain("data-postgres-copy-0");
  }

  @Test
  void aThrowAwayInstanceHasAnIsolatedNamespaceAndWhatItsTemplateNames() {
    scene.activities().makeInstance(InstanceScene.scope(RUN), MAKE_THROWN_AWAY);

    Namespace namespace = scene.client().namespaces().withName("drill-1").get();
    assertThat(namespace.getMetadata().getLabels())
        .containsEntry("lockstep.dev/throw-away", "true")
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
        .doesNotContainKey("team");
    assertThat(namespace.getMetadata().getAnnotations())
        .containsEntry("lockstep.dev/expires", "2026-11-26T04:00:00Z")
        .containsEntry("lockstep.dev/run", RUN);
    assertThat(
            scene
                .client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace("drill-1")
                .list()
                .getItems())
        .singleElement()
        .satisfies(
            policy -> {
              assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Egress");
              assertThat(policy.getSpec().getEgress()).isEmpty();
              assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
            });
    assertThat(names(scene.client().secrets().inNamespace("drill-1").list().getItems()))
        .containsExactlyInAnyOrder("admin", "registry");
    assertThat(scene.client().secrets().inNamespace("drill-1").withName("admin").get())
        .satisfies(
            secret -> {
              assertThat(secret.getData()).containsEntry("password", "YWRtaW4=");
              assertThat(secret.getMetadata().getLabels())
                  .containsEntry("lockstep.dev/instance", "postgres");
            });
    assertThat(names(scene.client().configMaps().inNamespace("drill-1").list().getItems()))
        .containsExactly("start");
    assertThat(names(scene.client().serviceAccounts().inNamespace("drill-1").list().getItems()))
        .containsExactly("database");
  }

  @Test
  void theNamespaceGoesAsAWholeAndOnlyByTheRunThatMadeIt() {
    scene.activities().makeInstance(InstanceScene.scope(RUN), MAKE_THROWN_AWAY);
    BackupStep.RemoveInstance removal = new BackupStep.RemoveInstance(InstanceScene.THROWN_AWAY);

    assertThat(
            scene
                .activities()
                .removeInstance(InstanceScene.scope("other/1"), removal)
                .alreadyDone())
        .isTrue();
    assertThat(scene.client().namespaces().withName("drill-1").get()).isNotNull();

    scene.activities().removeInstance(InstanceScene.scope(RUN), removal);
    assertThat(scene.client().namespaces().withName("drill-1").get()).isNull();
    assertThat(scene.activities().removeInstance(InstanceScene.scope(RUN), removal).alreadyDone())
        .isTrue();
  }

  @Test
  void aNamespaceThatIsThereAlreadyIsNotTakenOver() {
    scene.put(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: drill-1}
        """);

    assertRefused(
        () -> scene.activities().makeInstance(InstanceScene.scope(RUN), MAKE_THROWN_AWAY),
        "Namespace drill-1 is there already");
    assertThat(names(scene.client().secrets().inNamespace("drill-1").list().getItems())).isEmpty();
  }

  @Test
  void expiredPlacesOfDeadDrillsAreRemoved() {
    throwAway("dead", "2026-11-26T01:59:59Z");
    throwAway("living", "2026-11-26T02:00:01Z");
    throwAway("unreadable", "tomorrow");
    scene.put(
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: unmarked
          annotations: {lockstep.dev/expires: "2020-01-01T00:00:00Z"}
        """);

    scene.activities().makeInstance(InstanceScene.scope(RUN), MAKE_THROWN_AWAY);

    assertThat(names(scene.client().namespaces().list().getItems()))
        .containsExactlyInAnyOrder("shop", "drill-1", "living", "unreadable", "unmarked");
  }

  private void throwAway(String name, String expires) {
    scene.put(
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: %s
          labels: {lockstep.dev/throw-away: "true"}
          annotations: {lockstep.dev/expires: "%s", lockstep.dev/run: "old/1"}
        """
            .formatted(name, expires));
  }

  private StepOutcome make() {
    return scene.activities().makeInstance(InstanceScene.scope(RUN), MAKE);
  }

  private StepOutcome remove(String run) {
    return scene.activities().removeInstance(InstanceScene.scope(run), REMOVE);
  }

  private Service service(String name) {
    return scene.client().services().inNamespace("shop").withName(name).get();
  }

  private static List<String> names(List<? extends HasMetadata> objects) {
    return objects.stream().map(object -> object.getMetadata().getName()).toList();
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .extracting("type")
        .isEqualTo("INSTANCE_UNEXPECTED");
  }
}
