package dev.lockstep.deploy.bench.report;

import java.util.ArrayList;
import java.util.List;

/** The values of several rounds, in their order. */
record Series(List<Double> values) {
  Series {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
  }

  /** Of an even number of values the mean of the two in the middle. */
  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * Each value against that of the other of the same round, where both have as many: a machine that
   * changes its pace changes it for both. Else the medians.
   */
  Series against(Series other) {
    if (values.size() != other.values.size()) {
      return new Series(List.of(median() / other.median()));
    }
    List<Double> ratios = new ArrayList<>();
    for (int at = 0; at < values.size(); at++) {
      ratios.add(values.get(at) / other.values.get(at));
    }
    return new Series(ratios);
  }
}
