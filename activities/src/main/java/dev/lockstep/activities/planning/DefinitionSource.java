package dev.lockstep.activities.planning;

import dev.lockstep.definitions.yaml.Definitions;
import java.util.List;

/** The definitions that a worker knows by name. */
public interface DefinitionSource {
  /** For a worker that knows none. */
  DefinitionSource NONE = () -> Definitions.load(List.of());

  /** As they are now, problems included. */
  Definitions read();
}
