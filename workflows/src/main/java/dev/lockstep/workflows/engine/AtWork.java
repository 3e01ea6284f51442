package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.contract.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps that are at work, in the order in which they began, each with its last report. */
final class AtWork {
  private final Map<String, Optional<Progress>> reports = new LinkedHashMap<>();

  /** One begins, or is gone back to, by itself. */
  void only(String id) {
    reports.clear();
    reports.put(id, Optional.empty());
  }

  /** One begins beside others. */
  void join(String id) {
    reports.put(id, Optional.empty());
  }

  /** One has ended, others may go on. */
  void leave(String id) {
    reports.remove(id);
  }

  /** Nothing is at work any more. */
  void clear() {
    reports.clear();
  }

  /** Takes a report; a late one of another step is dropped. */
  void report(Progress report) {
    reports.computeIfPresent(report.step(), (id, old) -> Optional.of(report));
  }

  /** What was reported does not hold any more. */
  void forgetReports() {
    reports.replaceAll((id, old) -> Optional.empty());
  }

  /** Id of the one that began first. */
  Optional<String> first() {
    return reports.keySet().stream().findFirst();
  }

  /** What the one that began first reported. */
  Optional<Progress> firstReport() {
    return reports.values().stream().findFirst().flatMap(report -> report);
  }

  /** Where several are at work, what each reported; one that did not yet stands at nothing. */
  List<Progress> together() {
    return reports.size() < 2
        ? List.of()
        : reports.entrySet().stream()
            .map(entry -> entry.getValue().orElseGet(() -> nothing(entry.getKey())))
            .toList();
  }

  private static Progress nothing(String id) {
    return new Progress(id, 0, 0, 0, Optional.empty(), List.of());
  }
}
