package dev.lockstep.worker.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Values for the places of a migration that its definition leaves open. */
final class ParameterOptions {
  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description =
          "A value for the places ${NAME} in images and names of workloads; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  /** Adds them to the input of a run. */
  void addTo(ObjectNode request) {
    if (!parameters.isEmpty()) {
      ObjectNode given = request.putObject("parameters");
      parameters.forEach(given::put);
    }
  }
}
