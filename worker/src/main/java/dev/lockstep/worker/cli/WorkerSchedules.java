package dev.lockstep.worker.cli;

import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.config.DefinitionFolder;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.schedules.Reconciliation;
import dev.lockstep.worker.schedules.ScheduleChange;
import io.grpc.StatusRuntimeException;
import io.temporal.client.schedules.ScheduleException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Makes and changes the schedules that a worker knows. It deletes none, since another worker may
 * know others; and nothing of this keeps the worker from its work.
 */
record WorkerSchedules(Console console) {
  void reconcile(EngineConnection connection, Settings settings) {
    if (settings.definitionsPath().isEmpty()) {
      return;
    }
    try {
      Definitions known = new DefinitionFolder(settings.definitionsPath()).read();
      if (!known.problems().isEmpty()) {
        say("schedules are left as they are, the definitions have problems:");
        known.problems().forEach(console.messages()::println);
      } else if (connection.isEmbedded() && !known.schedules().isEmpty()) {
        say("an embedded engine keeps no schedules; its clock is: lockstep schedules run");
      } else if (!known.schedules().isEmpty()) {
        new Reconciliation(connection).apply(known.schedules(), false).forEach(this::say);
      }
    } catch (StatusRuntimeException | ScheduleException | UncheckedIOException e) {
      say("schedules are left as they are: " + e.getMessage());
    }
  }

  private void say(ScheduleChange change) {
    if (change.action() != ScheduleChange.Action.KEEP) {
      say(
          "schedule %s, %s: %s"
              .formatted(
                  change.schedule(),
                  change.action().name().toLowerCase(Locale.ROOT),
                  change.reason()));
    }
  }

  private void say(String text) {
    console.messages().println("lockstep: " + text);
  }
}
