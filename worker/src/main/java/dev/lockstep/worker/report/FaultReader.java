package dev.lockstep.worker.report;

import dev.lockstep.workflows.fault.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults of a history, oldest first: those that were tried again, and those that stopped. */
final class FaultReader {
  private FaultReader() {}

  static List<Course.Trouble> of(List<Calls.Call> calls, Optional<Fault> failure) {
    List<Course.Trouble> all = new ArrayList<>();
    for (Calls.Call call : calls) {
      Optional<Instant> at = call.ended();
      if (call.fault().isEmpty()) {
        call.before()
            .ifPresent(
                fault ->
                    all.add(trouble(at, fault, call.attempts - 1, "tried again until it went")));
      }
      call.fault().ifPresent(fault -> all.add(trouble(at, fault, call.attempts, outcome(call))));
    }
    failure
        .filter(fault -> all.stream().noneMatch(it -> it.message().equals(fault.message())))
        .ifPresent(fault -> all.add(trouble(Optional.empty(), fault, 1, "ended the run")));
    return all;
  }

  private static String outcome(Calls.Call call) {
    return call.kind == Course.Work.Kind.UNDO ? "stopped the undo" : "stopped the step";
  }

  private static Course.Trouble trouble(
      Optional<Instant> at, Fault fault, int attempts, String outcome) {
    return new Course.Trouble(at, fault.code(), fault.message(), fault.step(), attempts, outcome);
  }
}
