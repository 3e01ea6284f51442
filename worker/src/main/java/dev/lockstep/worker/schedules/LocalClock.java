package dev.lockstep.worker.schedules;

import dev.lockstep.definitions.model.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Runs schedules without a Temporal service. What is to be done is written down before it is done:
 * a process that died in between starts such a run again, if {@code catchUp} allows. Not for
 * several threads.
 */
public final class LocalClock implements AutoCloseable {
  private final StateFile file;
  private final RunStarts starts;
  private final Consumer<String> told;
  private final SortedMap<String, KeptSchedule> state;
  private final Map<String, Schedule> schedules = new LinkedHashMap<>();
  private final Map<String, ClockRules> rules = new HashMap<>();
  private final Map<String, Map<Instant, RunStarts.Started>> underWay = new HashMap<>();

  private LocalClock(
      StateFile file,
      SortedMap<String, KeptSchedule> state,
      RunStarts starts,
      Consumer<String> told) {
    this.file = file;
    this.state = state;
    this.starts = starts;
    this.told = told;
  }

  /**
   * Takes up where the last process with that file ended.
   *
   * @param told gets a sentence for what happens
   * @throws IOException where the file cannot be used
   */
  public static LocalClock open(Path file, RunStarts starts, Consumer<String> told)
      throws IOException {
    StateFile taken = StateFile.open(file);
    try {
      return new LocalClock(taken, taken.read(), starts, told);
    } catch (IOException e) {
      taken.close();
      throw e;
    }
  }

  /** Runs these from now on, and catches up with what they had to do meanwhile. */
  public void take(List<Schedule> all, Instant now) throws IOException {
    for (Schedule schedule : all) {
      String name = schedule.name();
      String digest = TemporalForm.digest(schedule);
      schedules.put(name, schedule);
      rules.put(name, new ClockRules(schedule));
      underWay.put(name, new LinkedHashMap<>());
      state.put(
          name,
          Optional.ofNullable(state.get(name))
              .map(kept -> kept.afterRestart(digest, now))
              .orElse(KeptSchedule.fresh(digest, now)));
    }
    file.write(state);
  }

  /** Does what is due at that moment. */
  public void look(Instant now) throws IOException {
    for (Map.Entry<String, Schedule> entry : schedules.entrySet()) {
      String name = entry.getKey();
      ended(name, now);
      KeptSchedule before = kept(name);
      ClockRules.Decision decision = rule(name).at(now, before);
      tell(name, before, decision.kept());
      state.put(name, decision.kept());
      if (isWorthWriting(before, decision)) {
        file.write(state);
      }
      Map<Instant, RunStarts.Started> runs = running(name);
      if (decision.cancel()) {
        runs.values().forEach(RunStarts.Started::cancel);
      }
      for (Instant due : decision.starts()) {
        told.accept("schedule %s: starting the run of %s".formatted(name, due));
        runs.put(due, starts.start(entry.getValue(), due));
      }
    }
  }

  /** A paused schedule passes by in silence: the next start of the process begins with now. */
  private static boolean isWorthWriting(KeptSchedule before, ClockRules.Decision decision) {
    KeptSchedule after = decision.kept();
    return !decision.starts().isEmpty()
        || !after.waiting().equals(before.waiting())
        || after.missed() != before.missed()
        || after.skipped() != before.skipped();
  }

  private void ended(String name, Instant now) throws IOException {
    Map<Instant, RunStarts.Started> runs = running(name);
    for (Instant due : List.copyOf(runs.keySet())) {
      Optional<String> end = Optional.ofNullable(runs.get(due)).flatMap(RunStarts.Started::ended);
      if (end.isPresent()) {
        runs.remove(due);
        state.put(name, kept(name).ended(new KeptSchedule.Past(due, now, end.get())));
        told.accept("schedule %s: the run of %s %s".formatted(name, due, end.get()));
        file.write(state);
      }
    }
  }

  private void tell(String name, KeptSchedule before, KeptSchedule after) {
    if (after.missed() > before.missed()) {
      told.accept(
          "schedule %s: %d missed, older than catchUp"
              .formatted(name, after.missed() - before.missed()));
    }
    if (after.skipped() > before.skipped()) {
      told.accept(
          "schedule %s: %d skipped, the run before is still under way"
              .formatted(name, after.skipped() - before.skipped()));
    }
  }

  /** The next time of each schedule; those that are paused have none. */
  public Map<String, Instant> next() {
    Map<String, Instant> next = new LinkedHashMap<>();
    schedules
        .keySet()
        .forEach(name -> rule(name).next(kept(name)).ifPresent(time -> next.put(name, time)));
    return next;
  }

  private KeptSchedule kept(String name) {
    return Optional.ofNullable(state.get(name)).orElseThrow();
  }

  private ClockRules rule(String name) {
    return Optional.ofNullable(rules.get(name)).orElseThrow();
  }

  private Map<Instant, RunStarts.Started> running(String name) {
    return Optional.ofNullable(underWay.get(name)).orElseThrow();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
