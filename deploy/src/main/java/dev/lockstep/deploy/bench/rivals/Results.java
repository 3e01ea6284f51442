package dev.lockstep.deploy.bench.rivals;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured of whom. */
final class Results {
  private final Map<Metric, Map<String, List<Double>>> values = new EnumMap<>(Metric.class);
  private final List<String> names = new ArrayList<>();

  /** Adds what one round gave. */
  void add(String name, Map<Metric, Double> measured) {
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
}
