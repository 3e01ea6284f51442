package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.RunFailures;
import dev.lockstep.workflows.contract.Delivery;
import dev.lockstep.workflows.contract.Notice;
import dev.lockstep.workflows.contract.NoticeActivities;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultKind;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries notifications out. */
@Command(
    name = "notify",
    description = {
      "Sends one test message to the notifications of definition files, once, and says which"
          + " receivers took it.",
      "Exit status: 0 all did, 2 wrong definition, 3 one refused it, 4 one could not be reached."
    })
final class NotifyCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DefinitionFiles files = new DefinitionFiles();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--name", paramLabel = "NAME", description = "Only this notification.")
  private @Nullable String name;

  NotifyCommand(Console console) {
    this.console = console;
  }

  /**
   * What became of one.
   *
   * @param fault absent: it was delivered
   */
  record Tried(String notification, boolean delivered, Optional<Fault> fault) {}

  @Override
  public Integer call() {
    Definitions definitions = files.read(console);
    if (!definitions.problems().isEmpty()) {
      throw new CommandFailure(ExitCode.INVALID, definitions.problems());
    }
    List<Notification> chosen = chosen(definitions.notifications());
    List<Tried> tried = new ArrayList<>();
    try (Wiring wiring = Wiring.of(Settings.ofProcess())) {
      NoticeActivities notices = wiring.notices();
      chosen.forEach(notification -> tried.add(attempt(notices, notification)));
    }
    StringBuilder text = new StringBuilder();
    tried.forEach(one -> text.append(line(one)));
    output.print(console.output(), tried, text.toString());
    return exitCode(tried);
  }

  private List<Notification> chosen(List<Notification> all) {
    List<Notification> chosen =
        all.stream().filter(one -> name == null || one.name().equals(name)).toList();
    if (chosen.isEmpty()) {
      List<String> known = all.stream().map(Notification::name).toList();
      throw new CommandFailure(
          ExitCode.INVALID,
          (name == null ? "the files hold no Notification" : "no Notification is called " + name)
              + (known.isEmpty() ? "" : "; the files hold: " + String.join(", ", known)));
    }
    return chosen;
  }

  private static Tried attempt(NoticeActivities notices, Notification notification) {
    try {
      notices.deliver(new Delivery(notification, notice(notification)));
      return new Tried(notification.name(), true, Optional.empty());
    } catch (ApplicationFailure e) {
      return new Tried(notification.name(), false, Optional.of(RunFailures.read(e)));
    }
  }

  private static Notice notice(Notification notification) {
    Subject subject =
        notification.of().isEmpty()
            ? new Subject(Subject.Kind.MIGRATION, "test")
            : notification.of().get(0);
    return new Notice(
        "test/notice/" + UUID.randomUUID(),
        Notification.Event.SUCCEEDED,
        subject.name() + "/0",
        "test",
        subject,
        "",
        "",
        "this is a test by `lockstep notify`; nothing was run",
        List.of(),
        Instant.now());
  }

  private static String line(Tried one) {
    return one.notification()
        + ": "
        + one.fault().map(fault -> "not delivered: " + fault.message()).orElse("delivered")
        + "\n";
  }

  private static int exitCode(List<Tried> tried) {
    List<FaultKind> kinds =
        tried.stream().flatMap(one -> one.fault().stream()).map(Fault::kind).toList();
    if (kinds.isEmpty()) {
      return ExitCode.DONE;
    }
    return kinds.stream().allMatch(FaultKind::retried)
        ? ExitCode.UNREACHABLE
        : ExitCode.NEEDS_PERSON;
  }
}
