package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.report.Metric;
import dev.lockstep.deploy.bench.report.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All contenders in turn, each round with another one first: the machine may still be busy with
 * what came before the first turn. Who fails once is noted and stays out of that round.
 */
final class Comparison {
  private final Copies copies;
  private final List<Contender> contenders;
  private final Lockstep lockstep;
  private final PrintStream progress;
  private final Results results = new Results();
  private final List<String> notes = new ArrayList<>();
  private int rounds;

  /**
   * Compares them.
   *
   * @param lockstep the first of the contenders
   */
  Comparison(Copies copies, Lockstep lockstep, List<Contender> others, PrintStream progress) {
    this.copies = copies;
    this.lockstep = lockstep;
    this.contenders = new ArrayList<>(List.of(lockstep));
    this.contenders.addAll(others);
    this.progress = progress;
    // Their order in the table, whoever fails.
    contenders.forEach(contender -> results.add(contender.name(), Map.of()));
  }

  /** What a round gives, once or more. */
  private interface Round {
    List<Map<Metric, Double>> measure(Target target) throws IOException, InterruptedException;
  }

  Results results() {
    return results;
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    contenders.forEach(contender -> about.put(contender.name(), contender.about()));
    return about;
  }

  /** The whole change under load, one round. */
  void change(int rows, Trial.Watch watch) throws InterruptedException {
    List<Contender> inTurn = new ArrayList<>(contenders);
    Collections.rotate(inTurn, -rounds);
    rounds++;
    for (Contender contender : inTurn) {
      round(
          contender.name(),
          rows,
          target -> {
            Trial trial = new Trial(contender, target);
            Map<Metric, Double> measured = trial.run(watch);
            note(contender, trial.failures());
            return List.of(measured);
          });
    }
  }

  /** The clients' updates with the trigger, of all whose trigger is one of its own. */
  void trigger() throws InterruptedException {
    for (Contender contender : contenders) {
      if (contender.follows() && !(contender != lockstep && contender instanceof Lockstep)) {
        round(contender.name(), TriggerTrial.ROWS, target -> TriggerTrial.run(contender, target));
      }
    }
  }

  /** A killed worker; of the others none goes on where it was. */
  void kill(int rows, Optional<String> address) throws InterruptedException {
    round(lockstep.name(), rows, target -> List.of(new KillTrial(lockstep, target).run(address)));
  }

  private void round(String name, int rows, Round round) throws InterruptedException {
    progress.println(name);
    Target target = copies.make("trial", rows);
    try {
      round.measure(target).forEach(measured -> results.add(name, measured));
    } catch (IOException e) {
      note(name + " failed: " + String.valueOf(e.getMessage()).strip());
    } finally {
      copies.drop(target);
    }
  }

  private void note(Contender contender, Set<String> failures) {
    failures.forEach(failure -> note("clients of " + contender.name() + ": " + failure));
  }

  private void note(String note) {
    progress.println(note);
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }
}
