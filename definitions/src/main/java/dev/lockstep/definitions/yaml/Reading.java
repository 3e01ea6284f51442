package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.model.Definition;
import java.util.List;

/**
 * What came of reading.
 *
 * @param definitions of the documents without any problem, in their order
 * @param problems every one that was found, in the order of the text
 */
public record Reading(List<Definition> definitions, List<Problem> problems) {
  public Reading {
    definitions = List.copyOf(definitions);
    problems = List.copyOf(problems);
  }
}
