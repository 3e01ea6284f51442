package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Approvers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who has approved which gate, and whether that is enough. */
final class Votes {
  private final List<Vote> all = new ArrayList<>();
  private Optional<Approvers> rule = Optional.empty();

  /**
   * One approval.
   *
   * @param by absent where no name was given, which counts only where the plan asks for none
   */
  record Vote(String gate, Optional<String> by, Instant at) {}

  void open(Optional<Approvers> approvers, List<Vote> given) {
    rule = approvers;
    all.addAll(given);
  }

  List<Vote> all() {
    return List.copyOf(all);
  }

  void add(String gate, Optional<String> by) {
    all.removeIf(vote -> vote.gate().equals(gate) && vote.by().equals(by));
    all.add(new Vote(gate, by, RunClock.now()));
  }

  /** What was given for a gate counts no more. */
  void withdraw(String gate) {
    all.removeIf(vote -> vote.gate().equals(gate));
  }

  boolean suffice(String gate) {
    return rule.map(approvers -> people(gate).size() >= approvers.count())
        .orElse(all.stream().anyMatch(vote -> vote.gate().equals(gate)));
  }

  /** A name as it is compared; a blank one is none. */
  static Optional<String> name(Optional<String> by) {
    return by.map(String::strip).filter(name -> !name.isEmpty());
  }

  /** Why this person's approval would not count, if so. */
  Optional<String> refusal(String gate, Optional<String> by) {
    if (rule.isEmpty()) {
      return Optional.empty();
    }
    if (by.isEmpty()) {
      return Optional.of("say who approves: {\"gate\": \"" + gate + "\", \"by\": …}");
    }
    String name = by.get();
    List<String> names = rule.get().names();
    if (!names.isEmpty() && !names.contains(name)) {
      return Optional.of(name + " may not approve gate " + gate + "; these may: " + names);
    }
    return people(gate).contains(name)
        ? Optional.of(name + " has approved gate " + gate + " already; another has to")
        : Optional.empty();
  }

  /** How far a gate is, for people; empty where one approval of anybody is enough. */
  Optional<String> progress(String gate) {
    return rule.map(approvers -> progress(people(gate), approvers));
  }

  private static String progress(List<String> people, Approvers approvers) {
    String given = people.isEmpty() ? "" : ", by " + String.join(", ", people);
    String names = String.join(", ", approvers.names());
    return people.size()
        + " of "
        + approvers.count()
        + " approvals"
        + given
        + (names.isEmpty() ? "" : "; they may: " + names);
  }

  /** Who gave an approval that still counts. */
  private List<String> people(String gate) {
    return all.stream()
        .filter(vote -> vote.gate().equals(gate) && isFresh(vote))
        .flatMap(vote -> vote.by().stream())
        .toList();
  }

  private boolean isFresh(Vote vote) {
    return rule.flatMap(Approvers::validFor)
        .map(time -> vote.at().plus(time).isAfter(RunClock.now()))
        .orElse(true);
  }
}
