package dev.lockstep.activities.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Says on an object that it stands still for a backup, and how it was before. Written before or
 * with the act, removed after it was taken back. A run of the same backup takes over the note of
 * one that died.
 *
 * @param backup name of the definition
 * @param run its id
 * @param before replicas that a workload had; name of the pod that is frozen
 */
record QuiesceNote(String backup, String run, String before) {
  /** Annotation. */
  static final String NAME = "lockstep.dev/still-for-backup";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The note of an object; empty where it does not stand still.
   *
   * @throws io.temporal.failure.ApplicationFailure WORKLOAD_CHANGED where it is not what Lockstep
   *     wrote
   */
  static Optional<QuiesceNote> find(RunObjects objects, HasMetadata object) {
    Optional<String> text = Patches.annotation(object, NAME);
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(JSON.readValue(text.get(), QuiesceNote.class));
    } catch (JsonProcessingException broken) {
      throw objects.failure(
          FaultCode.WORKLOAD_CHANGED,
          "the annotation "
              + NAME
              + " of "
              + RunObjects.name(object)
              + " is not what Lockstep wrote: "
              + text.orElse(""));
    }
  }

  /**
   * The same, where another backup must not have written it.
   *
   * @throws io.temporal.failure.ApplicationFailure WORKLOAD_CHANGED where it has
   */
  static Optional<QuiesceNote> findOwn(RunObjects objects, HasMetadata object, String backup) {
    Optional<QuiesceNote> note = find(objects, object);
    note.filter(other -> !other.backup().equals(backup))
        .ifPresent(
            other -> {
              throw objects.failure(
                  FaultCode.WORKLOAD_CHANGED,
                  RunObjects.name(object) + " stands still for " + other.run());
            });
    return note;
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
