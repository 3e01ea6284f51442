package dev.lockstep.worker.server;

import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.worker.server.CommitSender.Sent;
import dev.lockstep.worker.server.DeliveryBook.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells beside commits what became of the runs that their deliveries started.
 *
 * <ol>
 *   <li>First that the run is under way, and at its end how it ended. Each is tried until it is
 *       taken, for a day, at longer and longer intervals; a refusal ends it.
 *   <li>That the end was told is in the book: after a restart, only what is open is told again.
 * </ol>
 */
final class CommitReports implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration GIVEN_UP = Duration.ofDays(1);

  private final Shared shared;
  private final CommitSender sender;
  private final RunEnds ends;
  private final Map<String, Progress> progress = new HashMap<>();
  private final Thread thread = new Thread(this::work, "commit-reports");
  private volatile boolean stopped;

  /** What was told of one delivery. */
  private static final class Progress {
    private boolean pendingTold;
    private Duration pause = LOOK;
    private long next = System.nanoTime();
  }

  CommitReports(Shared shared) {
    this.shared = shared;
    this.sender = new CommitSender(shared.secrets());
    this.ends = new RunEnds(shared.door());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void work() {
    while (!stopped) {
      try {
        look(shared.book().unreported());
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        shared.messages().accept("states of commits cannot be told now: " + e.getMessage());
      }
    }
  }

  private void look(List<Entry> open) throws InterruptedException {
    ends.forget();
    for (Entry entry : open) {
      String key = entry.delivery().key();
      Progress told = progress.computeIfAbsent(key, unused -> new Progress());
      if (System.nanoTime() - told.next >= 0 && look(entry, told)) {
        progress.remove(key);
        shared.book().reported(entry);
      }
    }
  }

  /** Whether there is nothing more to tell of it. */
  private boolean look(Entry entry, Progress told) throws InterruptedException {
    Optional<CommitReport> report =
        shared.definitions().trigger(entry.delivery().trigger()).flatMap(Trigger::report);
    if (report.isEmpty()) {
      return true;
    }
    Optional<CommitState> state = ends.state(entry.delivery(), entry.settled().join());
    if (state.isEmpty() || (!state.get().isFinal() && told.pendingTold)) {
      return false;
    }
    boolean ended = state.get().isFinal();
    return switch (send(report.get(), entry.delivery(), state.get())) {
      case TAKEN -> {
        told.pendingTold = true;
        told.pause = LOOK;
        yield ended;
      }
      case LATER -> {
        Duration longer = told.pause.multipliedBy(2);
        told.pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        told.next = System.nanoTime() + told.pause.toNanos();
        yield entry.delivery().acceptedAt().plus(GIVEN_UP).isBefore(shared.clock().instant())
            && ended;
      }
      case REFUSED -> true;
    };
  }

  private Sent send(CommitReport report, Delivery delivery, CommitState state)
      throws InterruptedException {
    String workflowId = delivery.workflowId();
    CommitSender.Shown shown =
        new CommitSender.Shown(
            "lockstep/" + delivery.trigger(), shared.url() + "/v1/runs/" + workflowId);
    String place = "the state of " + workflowId + " was not told beside its commit: ";
    try {
      Sent sent = sender.send(report, delivery.commit().orElseThrow(), state, shown);
      if (sent == Sent.REFUSED) {
        shared.messages().accept(place + report.api() + " refused it");
      }
      return sent;
    } catch (IOException e) {
      shared.messages().accept(place + report.api() + " did not answer");
      return Sent.LATER;
    } catch (SecretMissingException e) {
      shared.messages().accept(place + e.getMessage());
      return Sent.LATER;
    }
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
