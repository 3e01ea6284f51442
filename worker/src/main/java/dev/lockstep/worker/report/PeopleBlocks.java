package dev.lockstep.worker.report;

import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run waited for, and what people said to it. */
final class PeopleBlocks {
  private static final Set<String> AT_REST = Set.of("PAUSED", "WAITING", "HELD");

  private PeopleBlocks() {}

  static List<Block> waits(Course course) {
    List<List<Table.Cell>> rows = new ArrayList<>();
    for (int at = 0; at < course.states().size(); at++) {
      Course.Stand stand = course.states().get(at);
      if (AT_REST.contains(stand.state())) {
        Optional<Instant> end =
            at + 1 < course.states().size()
                ? Optional.of(course.states().get(at + 1).since())
                : Optional.empty();
        rows.add(row("the run is " + Words.of(stand.state()), "", stand.since(), end));
      }
    }
    course
        .waits()
        .forEach(wait -> rows.add(row(wait.reason(), wait.step(), wait.started(), wait.ended())));
    return rows.isEmpty()
        ? List.of()
        : List.of(
            new Table(
                "What it waited for, with the reason as it was told last",
                Table.texts("reason", "step", "from", "for"),
                rows));
  }

  static List<Block> decisions(Course course) {
    return course.decisions().isEmpty()
        ? List.of()
        : List.of(
            new Table(
                "What people said, oldest first",
                Table.texts("what", "by", "when", "comment or reason", "with", "answer"),
                course.decisions().stream().map(PeopleBlocks::row).toList()));
  }

  private static List<Table.Cell> row(Course.Decision said) {
    return Table.row(
        said.what(),
        said.by().map(by -> by + " (" + said.identity() + ")").orElse(said.identity()),
        RunPage.moment(said.at()),
        said.comment().orElse(Words.NOTHING),
        said.details().isEmpty() ? Words.NOTHING : details(said.details()),
        said.answer().orElse(Words.NOTHING));
  }

  private static String details(Map<String, String> details) {
    return details.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static List<Table.Cell> row(
      String reason, String step, Instant from, Optional<Instant> to) {
    return Table.row(
        reason,
        step.isEmpty() ? Words.NOTHING : step,
        RunPage.moment(from),
        Words.between(Optional.of(from), to));
  }
}
