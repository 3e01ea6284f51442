package dev.lockstep.worker.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it came.
 *
 * @param path without query
 * @param query behind the question mark, as it was sent; empty without one
 * @param headers by their names in small letters
 */
@SuppressWarnings("ArrayRecordComponent") // a body is megabytes, and two are never compared
record Sent(
    String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
  Sent {
    Map<String, List<String>> byName = new TreeMap<>();
    headers.forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), values));
    headers = byName;
  }

  /** The value of a parameter of the query that needs no escaping; empty without one. */
  String parameter(String name) {
    return Arrays.stream(query.split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  /**
   * The value of a header; absent, too, where it was sent twice and nobody knows which is meant.
   */
  Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.size() == 1 ? Optional.of(values.get(0).strip()) : Optional.empty();
  }
}
