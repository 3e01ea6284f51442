package dev.lockstep.activities.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a Service led before a run switched it: an annotation of the Service, written in the same
 * request that switches it.
 *
 * @param run its id
 * @param before the selector
 * @param after the selector
 */
record SwitchNote(String run, SortedMap<String, String> before, SortedMap<String, String> after) {
  static final String ANNOTATION = "lockstep.dev/selector-before";

  private static final ObjectMapper JSON = new ObjectMapper();

  SwitchNote {
    before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
    after = Collections.unmodifiableSortedMap(new TreeMap<>(after));
  }

  /**
   * The note of a Service, where it has one.
   *
   * @throws io.temporal.failure.ApplicationFailure WORKLOAD_CHANGED where it is not readable
   */
  static Optional<SwitchNote> of(Service service, RunObjects objects) {
    return Patches.annotation(service, ANNOTATION)
        .map(
            json -> {
              try {
                return JSON.readValue(json, SwitchNote.class);
              } catch (JsonProcessingException broken) {
                throw objects.failure(
                    FaultCode.WORKLOAD_CHANGED,
                    "the annotation "
                        + ANNOTATION
                        + " of "
                        + RunObjects.name(service)
                        + " is not what Lockstep wrote: "
                        + json);
              }
            });
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
