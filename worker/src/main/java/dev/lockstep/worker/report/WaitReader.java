package dev.lockstep.worker.report;

import dev.lockstep.workflows.contract.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Puts reports of reasons for waiting together to waits. A reason that differs only in its numbers
 * is the same reason; it is over with the first report of its step that does not give it.
 */
final class WaitReader {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final List<Open> all = new ArrayList<>();
  private final Map<String, Map<String, Open>> open = new HashMap<>();

  private static final class Open {
    final String step;
    final Instant started;
    String reason;
    Optional<Instant> ended = Optional.empty();

    Open(String step, Instant started, String reason) {
      this.step = step;
      this.started = started;
      this.reason = reason;
    }
  }

  void take(Progress progress, Instant at) {
    Map<String, Open> before = open.getOrDefault(progress.step(), Map.of());
    Map<String, Open> now = new HashMap<>();
    for (String reason : progress.waitingFor()) {
      String same = NUMBER.matcher(reason).replaceAll("#");
      Open wait = before.get(same);
      if (wait == null) {
        wait = new Open(progress.step(), at, reason);
        all.add(wait);
      }
      wait.reason = reason;
      now.put(same, wait);
    }
    before.forEach(
        (same, wait) -> {
          if (!now.containsKey(same)) {
            wait.ended = Optional.of(at);
          }
        });
    open.put(progress.step(), now);
  }

  List<Course.Wait> all(List<Course.Step> steps) {
    return all.stream()
        .map(
            wait ->
                new Course.Wait(
                    wait.step, wait.reason, wait.started, wait.ended.or(() -> end(wait, steps))))
        .toList();
  }

  /** When its step was at rest the first time after that. */
  private static Optional<Instant> end(Open wait, List<Course.Step> steps) {
    return steps.stream()
        .filter(step -> step.id().equals(wait.step))
        .flatMap(step -> step.work().stream())
        .flatMap(work -> work.ended().stream())
        .filter(ended -> !ended.isBefore(wait.started))
        .min(Instant::compareTo);
  }
}
