package dev.lockstep.deploy.bench.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured of whom. */
public final class Results {
  private final Map<Metric, Map<String, List<Double>>> values = new EnumMap<>(Metric.class);
  private final List<String> names = new ArrayList<>();

  /** Adds what one round gave. */
  public void add(String name, Map<Metric, Double> measured) {
    if (!names.contains(name)) {
      names.add(name);
    }
    measured.forEach(
        (metric, value) ->
            values
                .computeIfAbsent(metric, any -> new LinkedHashMap<>())
                .computeIfAbsent(name, any -> new ArrayList<>())
                .add(value));
  }

  /** In the order in which they were first measured. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** Those that were measured of anybody. */
  List<Metric> metrics() {
    return List.copyOf(values.keySet());
  }

  Optional<Series> find(Metric metric, String name) {
    return Optional.ofNullable(values.getOrDefault(metric, Map.of()).get(name)).map(Series::new);
  }

  /**
   * How one compares with another by the median of the ratios; absent where there is none to
   * compare with, where the first one of all was not measured, or where a figure of 0 gives no
   * ratio.
   */
  Optional<Double> ratio(Metric metric, String name, Ratio ratio) {
    List<String> measured = names.stream().filter(it -> find(metric, it).isPresent()).toList();
    int at = measured.indexOf(name);
    if (at < 1 || !measured.get(0).equals(names.get(0))) {
      return Optional.empty();
    }
    List<Series> all = measured.stream().map(it -> find(metric, it).orElseThrow()).toList();
    return Optional.of(ratio.of(all, at).median()).filter(Double::isFinite);
  }
}
