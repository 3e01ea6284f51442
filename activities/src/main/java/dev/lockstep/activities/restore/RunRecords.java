package dev.lockstep.activities.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.activities.storage.Stores;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Conclusion;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Short records of runs. One that cannot be written is missed by nobody but a reader of them. */
record RunRecords(Stores stores) {
  private static final Logger LOG = LoggerFactory.getLogger(RunRecords.class);

  /**
   * The record.
   *
   * @param ended when the last step ended
   * @param figures sums over the steps
   */
  record Ended(
      RunState state,
      Instant started,
      Instant ended,
      SortedMap<String, Long> figures,
      Optional<Fault> fault) {}

  void write(Conclusion conclusion, String key) {
    try (ObjectStore store = stores.open(conclusion.copy().store())) {
      store.put(key, Wire.mapper().writeValueAsBytes(ended(conclusion)), Existing.REPLACED);
    } catch (ApplicationFailure e) {
      LOG.warn("{} was not written: {}", key, e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record has JSON", e);
    }
  }

  private static Ended ended(Conclusion conclusion) {
    SortedMap<String, Long> figures = new TreeMap<>();
    conclusion
        .steps()
        .forEach(
            step -> step.figures().forEach((name, value) -> figures.merge(name, value, Long::sum)));
    return new Ended(
        conclusion.state(),
        conclusion.started(),
        new DrillSteps(conclusion.steps()).end().orElse(conclusion.started()),
        figures,
        conclusion.fault());
  }
}
