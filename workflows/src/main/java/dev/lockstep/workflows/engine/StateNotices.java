package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Notification.Event;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Notice;
import dev.lockstep.workflows.contract.Prepared;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** From the states of a run to what is told of it. */
final class StateNotices {
  private final RunBook book;
  private final Orders orders;
  private final Notices notices = new Notices();

  StateNotices(RunBook book, Orders orders) {
    this.book = book;
    this.orders = orders;
  }

  /**
   * Tells that the run has come into the state that the book has.
   *
   * @param first whether nobody knew of any state before
   * @param end the last sentence, where the run is at its end
   */
  void entered(Prepared run, boolean first, Optional<String> end) {
    event(first)
        .ifPresent(
            event ->
                notices.tell(
                    run.notifications(), event, subject(run), id -> notice(id, event, run, end)));
  }

  /** Tells that a run could not begin. */
  void refused(Subject subject, List<Notification> told, String message) {
    String run = Workflow.getInfo().getWorkflowId();
    notices.tell(
        told,
        Event.FAILED,
        subject,
        id ->
            new Notice(
                id, Event.FAILED, run, run, subject, "", "", message, List.of(), Notices.now()));
  }

  private Optional<Event> event(boolean first) {
    return switch (book.state()) {
      case RUNNING -> Optional.of(Event.STARTED).filter(unused -> first);
      case PAUSED -> Optional.of(Event.PAUSED);
      case WAITING -> Optional.of(Event.WAITING).filter(unused -> needsApproval());
      case HELD -> Optional.of(Event.HELD);
      case ROLLING_BACK -> Optional.of(Event.ROLLING_BACK);
      case SUCCEEDED -> Optional.of(Event.SUCCEEDED);
      case ROLLED_BACK -> Optional.of(Event.ROLLED_BACK);
      case FAILED -> Optional.of(Event.FAILED);
      case CANCELLED -> Optional.of(Event.CANCELLED);
    };
  }

  private Notice notice(String id, Event event, Prepared run, Optional<String> end) {
    return new Notice(
        id,
        event,
        run.run().id(),
        Workflow.getInfo().getWorkflowId(),
        subject(run),
        run.database().name(),
        book.phase().name().toLowerCase(Locale.ROOT),
        end.orElseGet(() -> sentence(run)),
        decisions(event),
        Notices.now());
  }

  /** A trial is a gate too, but it ends by itself. */
  private boolean needsApproval() {
    return book.gates.waitingAt().isPresent()
        && book.plan().steps().stream()
            .filter(step -> book.step().equals(Optional.of(step.id())))
            .noneMatch(step -> step.action() instanceof Action.Trial);
  }

  /** What a person may answer; what may be said to any run at work is no answer. */
  private List<String> decisions(Event event) {
    if (event != Event.WAITING && event != Event.HELD && event != Event.PAUSED) {
      return List.of();
    }
    return new Decisions(book, orders)
        .open().stream()
            .filter(one -> !one.update().equals("pause") && !one.update().equals("tune"))
            .map(Decisions.Decision::words)
            .toList();
  }

  private static Subject subject(Prepared run) {
    return new Subject(Subject.Kind.titled(run.kind()), run.plan().migration());
  }

  private String sentence(Prepared run) {
    if (book.state() == RunState.RUNNING) {
      return run.plan().steps().size() + " steps on " + run.database().name();
    }
    List<String> reasons = new Status(book, orders).read().waitingFor();
    if (!reasons.isEmpty()) {
      return String.join("; ", reasons);
    }
    return book.faults.first().map(fault -> fault.code() + ": " + fault.message()).orElse("");
  }
}
