package dev.lockstep.deploy.bench.report;

import java.util.List;

/** What is compared with what. */
public enum Ratio {
  /** The first one with each. */
  OF_THE_FIRST("first / this") {
    @Override
    Series of(List<Series> all, int at) {
      return all.get(0).against(all.get(at));
    }
  },
  /** Each with the one before it. */
  TO_THE_ONE_BEFORE("this / before") {
    @Override
    Series of(List<Series> all, int at) {
      return all.get(at).against(all.get(at - 1));
    }
  };

  private final String title;

  Ratio(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** For the one at that place, which is not the first. */
  abstract Series of(List<Series> all, int at);
}
