package dev.lockstep.worker.report.page;

import java.util.ArrayList;
import java.util.List;

/** Where an axis is labelled: at multiples of 1, 2 or 5 times a power of ten, or of a minute. */
final class Ticks {
  private static final int WANTED = 5;
  private static final double[] TIMES = {
    1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400
  };

  private Ticks() {}

  /** For values from nothing to the largest one; the last tick is not below it. */
  static List<Double> values(double largest) {
    double step = step(Math.max(largest, 1e-9) / WANTED);
    List<Double> ticks = new ArrayList<>();
    for (int at = 0; ticks.isEmpty() || ticks.get(ticks.size() - 1) < largest; at++) {
      ticks.add(at * step);
    }
    if (ticks.size() == 1) {
      ticks.add(step);
    }
    return ticks;
  }

  /** For bytes: multiples of a power of two. */
  static List<Double> bytes(double largest) {
    double step = 1;
    while (step * WANTED < largest) {
      step *= 2;
    }
    List<Double> ticks = new ArrayList<>();
    for (int at = 0; ticks.size() < 2 || ticks.get(ticks.size() - 1) < largest; at++) {
      ticks.add(at * step);
    }
    return ticks;
  }

  /** For seconds since the beginning, none after the end. */
  static List<Double> elapsed(double end) {
    double wanted = Math.max(end, 1e-3) / WANTED;
    double step = wanted < 1 ? step(wanted) : Math.ceil(wanted / 86_400) * 86_400;
    for (double time : TIMES) {
      if (wanted >= 1 && time >= wanted) {
        step = time;
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (int at = 0; at * step <= end; at++) {
      ticks.add(at * step);
    }
    return ticks;
  }

  private static double step(double wanted) {
    double power = Math.pow(10, Math.floor(Math.log10(wanted)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= wanted) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
