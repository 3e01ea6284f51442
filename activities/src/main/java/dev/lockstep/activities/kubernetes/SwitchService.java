package dev.lockstep.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.plan.Instance;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.Service;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Leads a Service to an instance, and back.
 *
 * <ol>
 *   <li>No note of this run: note the selector and change it, by one request that the server
 *       refuses where the Service changed since it was read. A note of another run is that of one
 *       that ended, and gives way.
 *   <li>A note: the request was made before. A selector that is the noted one of after is done; the
 *       one of before is changed again, by the same note; any other is somebody else's.
 *   <li>Back: only by this run's note, which goes with it.
 * </ol>
 */
final class SwitchService {
  /** Number of a pod, which chooses one of several. */
  private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

  private final RunObjects objects;
  private final String namespace;
  private final String name;

  SwitchService(RunObjects objects, String namespace, String name) {
    this.objects = objects;
    this.namespace = namespace;
    this.name = name;
  }

  StepOutcome to(Instance instance) {
    Service now =
        find().orElseThrow(() -> unexpected("there is no Service " + namespace + "/" + name));
    if (!namespace.equals(instance.namespace())) {
      throw unexpected(RunObjects.name(now) + " cannot lead to " + instance + " elsewhere");
    }
    SortedMap<String, String> selector = selector(now);
    if (selector.isEmpty()) {
      throw unexpected(
          RunObjects.name(now) + " has no selector: where it leads to is not in Lockstep's hands");
    }
    SwitchNote note =
        ours(now)
            .orElseGet(
                () -> new SwitchNote(objects.run().id(), selector, after(selector, instance)));
    requireNobodyElse(now, note);
    if (selector.equals(note.after())) {
      return new StepOutcome(true, new TreeMap<>());
    }
    change(now, note.after(), Optional.of(note));
    return StepOutcome.done();
  }

  StepOutcome back() {
    Optional<Service> now = find();
    Optional<SwitchNote> note = now.flatMap(this::ours);
    if (now.isEmpty() || note.isEmpty()) {
      return new StepOutcome(true, new TreeMap<>());
    }
    requireNobodyElse(now.get(), note.get());
    change(now.get(), note.get().before(), Optional.empty());
    return StepOutcome.done();
  }

  /** A selector that chose a pod by its number goes on to do so. */
  private static SortedMap<String, String> after(
      SortedMap<String, String> before, Instance instance) {
    SortedMap<String, String> after = new TreeMap<>();
    after.put(RunObjects.INSTANCE, instance.name());
    if (before.containsKey(POD_INDEX)) {
      after.put(POD_INDEX, "0");
    }
    return after;
  }

  private void change(Service now, SortedMap<String, String> wanted, Optional<SwitchNote> note) {
    Patches patch = new Patches();
    note.ifPresentOrElse(
        it -> patch.annotations().put(SwitchNote.ANNOTATION, it.json()),
        () -> patch.annotations().putNull(SwitchNote.ANNOTATION));
    ObjectNode selector = patch.spec().putObject("selector");
    selector(now).keySet().forEach(selector::putNull);
    wanted.forEach(selector::put);
    objects.patch(now, patch);
  }

  private void requireNobodyElse(Service now, SwitchNote note) {
    SortedMap<String, String> selector = selector(now);
    if (!selector.equals(note.before()) && !selector.equals(note.after())) {
      throw objects.failure(
          FaultCode.WORKLOAD_CHANGED,
          RunObjects.name(now)
              + " has the selector "
              + selector
              + "; Lockstep had changed it from "
              + note.before()
              + " to "
              + note.after()
              + " and does not overwrite what came later");
    }
  }

  private Optional<SwitchNote> ours(Service service) {
    return SwitchNote.of(service, objects).filter(note -> note.run().equals(objects.run().id()));
  }

  private Optional<Service> find() {
    return Optional.ofNullable(
        objects.call(
            "reading Service " + namespace + "/" + name,
            () -> objects.client().services().inNamespace(namespace).withName(name).get()));
  }

  private static SortedMap<String, String> selector(Service service) {
    Map<String, String> selector = service.getSpec().getSelector();
    SortedMap<String, String> asked = new TreeMap<>(selector == null ? Map.of() : selector);
    asked.values().removeIf(Objects::isNull);
    return asked;
  }

  private ApplicationFailure unexpected(String why) {
    return objects.failure(FaultCode.INSTANCE_UNEXPECTED, why);
  }
}
