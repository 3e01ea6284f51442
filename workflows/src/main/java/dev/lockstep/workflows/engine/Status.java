package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.contract.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the run as people and programs see it. */
final class Status {
  private final RunBook book;
  private final Orders orders;

  Status(RunBook book, Orders orders) {
    this.book = book;
    this.orders = orders;
  }

  RunStatus read() {
    return new RunStatus(
        book.state(),
        book.phase(),
        book.prepared().map(run -> run.run().id()).orElse(""),
        book.step(),
        book.progress(),
        book.together(),
        book.verification.shown(),
        reasons(),
        new Decisions(book, orders).open().stream().map(Decisions.Decision::words).toList(),
        book.limits(),
        book.prepared().map(run -> run.plan().hazards()).orElse(List.of()),
        book.steps.reports(),
        book.faults.newestFirst(),
        book.faults.undoFailures());
  }

  private List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    orders
        .abort()
        .filter(abort -> book.state() != RunState.ROLLING_BACK)
        .ifPresent(abort -> reasons.add("stops to roll back: " + said(abort.by(), abort.reason())));
    orders
        .pause()
        .filter(pause -> !orders.stops() && book.state() != RunState.ROLLING_BACK)
        .map(this::paused)
        .ifPresent(reasons::add);
    book.gates.reason().ifPresent(reasons::add);
    book.timerEnd().ifPresent(end -> reasons.add(title() + " until " + end));
    if (book.state() == RunState.HELD) {
      book.faults.newestFirst().stream()
          .findFirst()
          .ifPresent(fault -> reasons.add("held by " + fault.code() + ": " + fault.message()));
    }
    if (book.together().isEmpty()) {
      book.progress().map(Progress::waitingFor).ifPresent(reasons::addAll);
    }
    book.together().forEach(one -> one.waitingFor().forEach(why -> reasons.add(of(one, why))));
    book.verification.underWay().map(Progress::waitingFor).ifPresent(reasons::addAll);
    return reasons;
  }

  private static String of(Progress one, String why) {
    return one.step() + ": " + why;
  }

  private String paused(Control.Pause pause) {
    String verb = book.state() == RunState.PAUSED ? "paused by " : "will pause, asked by ";
    return verb + said(pause.by(), pause.reason());
  }

  private String title() {
    return book.step().flatMap(this::find).map(PlannedStep::sentence).orElse("waits");
  }

  private Optional<PlannedStep> find(String id) {
    return book.plan().steps().stream().filter(step -> step.id().equals(id)).findFirst();
  }

  /** Who said it and why. */
  static String said(Optional<String> by, Optional<String> reason) {
    return by.orElse("somebody") + reason.map(why -> ": " + why).orElse("");
  }
}
