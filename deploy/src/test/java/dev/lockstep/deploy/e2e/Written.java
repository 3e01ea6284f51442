package dev.lockstep.deploy.e2e;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** What clients wrote last into each row, as far as the server took it. */
final class Written {
  private final Map<Long, String> last = new TreeMap<>();

  /**
   * What one client did.
   *
   * @param row of its n-th request
   * @param value of its n-th request
   */
  record Course(
      Traffic.Statements statements, LongFunction<Long> row, LongFunction<String> value) {}

  /** Takes up a client that has stopped; those of one row have to come in their order. */
  Written with(Traffic client, Course course) {
    Set<String> failed =
        client.failures().stream()
            .map(failure -> failure.split(": ", 2)[0])
            .collect(Collectors.toSet());
    for (long n = 1; n <= client.requests(); n++) {
      if (!failed.contains(course.statements().next(n))) {
        last.put(course.row().apply(n), course.value().apply(n));
      }
    }
    return this;
  }

  /** Lines {@code row value}, as a query gives them. */
  List<String> lines() {
    return last.entrySet().stream().map(row -> row.getKey() + " " + row.getValue()).toList();
  }

  /** The rows that were written, for a query. */
  String rows() {
    return last.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
