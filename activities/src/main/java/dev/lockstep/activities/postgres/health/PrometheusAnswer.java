package dev.lockstep.activities.postgres.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The answer to an instant query: one value, or one of each series.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats">Result
 *     formats</a>
 */
final class PrometheusAnswer {
  private PrometheusAnswer() {}

  /** The highest value; NaN where one is no number; empty where there is none, or no answer. */
  static Optional<Double> highest(byte[] body) {
    JsonNode data = tree(body).path("data");
    List<JsonNode> samples = new ArrayList<>();
    switch (data.path("resultType").asText()) {
      case "vector" -> data.path("result").forEach(series -> samples.add(series.path("value")));
      case "scalar" -> samples.add(data.path("result"));
      default -> {
        // A range or a text has no value of now.
      }
    }
    OptionalDouble highest =
        samples.stream().mapToDouble(sample -> number(sample.path(1).asText())).reduce(Math::max);
    return highest.isPresent() ? Optional.of(highest.getAsDouble()) : Optional.empty();
  }

  private static JsonNode tree(byte[] body) {
    try {
      return Wire.mapper().readTree(body);
    } catch (IOException e) {
      return Wire.mapper().missingNode();
    }
  }

  /** Math.max gives NaN where one of two is it, so that no unknown value hides behind a low one. */
  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> finite(text);
    };
  }

  private static double finite(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
