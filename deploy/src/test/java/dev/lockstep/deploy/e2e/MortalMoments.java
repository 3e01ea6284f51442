package dev.lockstep.deploy.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Ends its process once at each boundary of a step, when the step was done and the engine does not
 * know it, and once in the middle of each step that moves data.
 */
final class MortalMoments implements Bystander {
  /**
   * Milliseconds after its begin at which a step that moves data is in its middle: the tests slow a
   * dump down, and a load builds an index.
   */
  private static final Map<String, Long> MIDDLES =
      Map.of("take", 900L, "readBack", 60L, "load", 500L);

  private final Path deaths;
  private final Which which;
  private final Map<Call, Boolean> working = new ConcurrentHashMap<>();

  /**
   * @param deaths one line for each that happened, of any process
   */
  MortalMoments(Path deaths, Which which) {
    this.deaths = deaths;
    this.which = which;
  }

  /** Of which boundaries it dies. */
  enum Which {
    /** That of every step. */
    EVERY,
    /** Those of steps that leave something behind: each death costs a whole engine. */
    CHANGES;

    private static final Set<String> CHANGING =
        Set.of("take", "readBack", "prune", "load", "release", "clear", "conclude");

    private boolean covers(Call call) {
      return this == EVERY || CHANGING.contains(call.activity());
    }
  }

  @Override
  public void begins(Call call) {
    working.put(call, true);
    Optional.ofNullable(MIDDLES.get(call.activity()))
        .filter(millis -> which == Which.EVERY || !call.activity().equals("readBack"))
        .ifPresent(
            millis ->
                CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                    .execute(() -> dieInTheMiddle(call)));
  }

  @Override
  public void ended(Call call) {
    working.remove(call);
    if (which.covers(call)) {
      die(call, "end");
    }
  }

  private void dieInTheMiddle(Call call) {
    if (working.containsKey(call)) {
      die(call, "middle");
    }
  }

  private synchronized void die(Call call, String moment) {
    String death = String.join(" ", call.workflowId(), call.activity(), call.step(), moment);
    try {
      if (Files.readAllLines(deaths).contains(death)) {
        return;
      }
      Files.writeString(deaths, death + "\n", StandardOpenOption.APPEND, StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // SIGKILL of itself: no hook runs, nothing is closed.
    Runtime.getRuntime().halt(MortalWorker.KILLED);
  }
}
