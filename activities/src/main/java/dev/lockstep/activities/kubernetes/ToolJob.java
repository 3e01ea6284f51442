package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.ShortPause;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A Job whose only pod lives until it is told to end, so that programs can be run in it. Its name
 * is given: who begins it again after a crash finds it.
 */
public final class ToolJob {
  /** More than any dump may take; then the cluster ends what nobody ended. */
  private static final Duration LIFE = Duration.ofDays(2);

  private static final int KEPT_SECONDS = 600;

  /** For its image to be pulled and its pod to be scheduled. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final long PAUSE_MILLIS = 500;
  private static final String LABEL = "lockstep.dev/tool";
  private static final int CONFLICT = 409;

  private final PodPrograms programs;
  private final String name;
  private final Spec spec;

  /**
   * A Job; nothing is made yet.
   *
   * @param name of the Job, at most 63 characters of a DNS label
   */
  public ToolJob(PodPrograms programs, String name, Spec spec) {
    this.programs = programs;
    this.name = name;
    this.spec = spec;
  }

  /**
   * What it runs.
   *
   * @param serviceAccount absent: the namespace's default
   */
  public record Spec(String namespace, String image, Optional<String> serviceAccount) {}

  /**
   * Makes it, or adopts the one that is there, and waits for its pod. One that is being removed is
   * waited for, and then made anew.
   *
   * @param alive called about twice a second
   * @throws ApplicationFailure {@code ROLLOUT_FAILED} where the pod is not ready in time, or the
   *     Job has failed
   */
  public PodName begin(Runnable alive) {
    long began = System.nanoTime();
    while (true) {
      alive.run();
      try {
        return programs.ready(spec.namespace(), pods(made()), this.toString(), Optional.empty());
      } catch (ApplicationFailure notYet) {
        boolean patient = System.nanoTime() - began < PATIENCE.toNanos();
        if (!patient || !notYet.getType().equals(FaultCode.WORKLOAD_UNKNOWN.name())) {
          throw Faults.failure(
              FaultCode.ROLLOUT_FAILED,
              this + ": " + notYet.getOriginalMessage() + " within " + PATIENCE.toMinutes() + "m",
              "");
        }
      }
      ShortPause.of(PAUSE_MILLIS);
    }
  }

  private Job made() {
    return KubernetesFaults.translating(
        "creating " + this,
        "",
        () -> {
          try {
            return client().batch().v1().jobs().resource(job()).create();
          } catch (KubernetesClientException refused) {
            if (refused.getCode() == CONFLICT) {
              return client().batch().v1().jobs().resource(job()).get();
            }
            throw refused;
          }
        });
  }

  /** Removes it with its pod; nothing where there is none. */
  public void remove() {
    KubernetesFaults.translating(
        "removing " + this,
        "",
        () ->
            client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(spec.namespace())
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .withGracePeriod(0)
                .delete());
  }

  private Job job() {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(spec.namespace())
        .withName(name)
        .withLabels(Map.of(LABEL, name, "app.kubernetes.io/managed-by", "lockstep"))
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withActiveDeadlineSeconds(LIFE.toSeconds())
        .withTtlSecondsAfterFinished(KEPT_SECONDS)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of(LABEL, name))
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withServiceAccountName(spec.serviceAccount().orElse(null))
        .withAutomountServiceAccountToken(false)
        .addNewContainer()
        .withName("tool")
        .withImage(spec.image())
        .withImagePullPolicy("IfNotPresent")
        .withCommand("sh", "-c", "trap 'exit 0' TERM; sleep " + LIFE.toSeconds() + " & wait")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** Of this Job, not of one of the same name before it. */
  private LabelSelector pods(Job made) {
    return new LabelSelectorBuilder()
        .addToMatchLabels(LABEL, name)
        .addToMatchLabels("controller-uid", made == null ? "none" : made.getMetadata().getUid())
        .build();
  }

  private KubernetesClient client() {
    return programs.cluster().client("");
  }

  @Override
  public String toString() {
    return "Job " + spec.namespace() + "/" + name;
  }
}
