package dev.lockstep.deploy.bench;

import java.util.ArrayList;
import java.util.List;

/** Whoever fills the new column of every row. */
interface Filler {
  String PLAIN = "plain";

  String name();

  /** Fills it. */
  void fill(Customers customers);

  /** Compares every row and fills again what clients changed; false: it does not compare. */
  boolean compare(Customers customers);

  /** Lockstep with each of these numbers of connections, then plain updates. */
  static List<Filler> all(RowSteps steps, List<Integer> parallelism) {
    List<Filler> all = new ArrayList<>();
    parallelism.forEach(connections -> all.add(new Lockstep(steps, connections)));
    all.add(new Plain());
    return all;
  }

  /** The steps of a plan. */
  record Lockstep(RowSteps steps, int connections) implements Filler {
    @Override
    public String name() {
      return connections == 1 ? "1 connection" : connections + " connections";
    }

    @Override
    public void fill(Customers customers) {
      steps.backfill(customers, connections);
    }

    @Override
    public boolean compare(Customers customers) {
      steps.verify(customers, connections);
      return true;
    }
  }

  /** {@link PlainUpdates}. */
  record Plain() implements Filler {
    @Override
    public String name() {
      return PLAIN;
    }

    @Override
    public void fill(Customers customers) {
      customers.fillPlainly();
    }

    @Override
    public boolean compare(Customers customers) {
      return false;
    }
  }
}
