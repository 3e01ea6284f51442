package dev.lockstep.deploy.cluster;

import dev.lockstep.workflows.api.RunStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets the requests of a traffic count for what its run is doing: a phase, or a rollout in it. */
final class PhaseWatch implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 250;

  private final Supplier<Optional<RunStatus>> status;
  private final TrafficLog log;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> looks;

  private PhaseWatch(Supplier<Optional<RunStatus>> status, TrafficLog log) {
    this.status = status;
    this.log = log;
    this.looks =
        clock.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Begins to look.
   *
   * @param status empty where nobody answers now
   */
  static PhaseWatch start(Supplier<Optional<RunStatus>> status, TrafficLog log) {
    return new PhaseWatch(status, log);
  }

  private void look() {
    status.get().filter(it -> !it.state().isFinal()).map(PhaseWatch::name).ifPresent(log::enter);
  }

  private static String name(RunStatus status) {
    return status
        .step()
        .filter(step -> step.contains("/rollout-"))
        .orElse(status.phase().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void close() throws InterruptedException {
    looks.cancel(true);
    clock.shutdownNow();
    clock.awaitTermination(1, TimeUnit.MINUTES);
  }
}
