package dev.lockstep.worker.watch;

import dev.lockstep.activities.backup.Vault;
import dev.lockstep.activities.backup.Vaults;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Notification.Event;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.model.Subject.Kind;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Durations;
import dev.lockstep.worker.engine.RunNotices;
import dev.lockstep.worker.watch.NewestBackups.Newest;
import dev.lockstep.workflows.contract.Notice;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells that a recovery point objective is about to be missed: the data of the newest backup is
 * older than four fifths of what a drill of it allows. Each newest backup is told of once, by
 * whichever worker sees it first: the notice's id is made of the backup's. Not for several threads.
 */
public final class RpoWatch {
  /** How often it should look. */
  public static final Duration LOOK = Duration.ofMinutes(1);

  private final Supplier<Definitions> definitions;
  private final NewestBackups backups;
  private final BiConsumer<Notice, List<Notification>> teller;
  private final Consumer<String> messages;
  private final Set<String> told = new HashSet<>();
  private final Set<String> unreadable = new HashSet<>();

  RpoWatch(
      Supplier<Definitions> definitions,
      NewestBackups backups,
      BiConsumer<Notice, List<Notification>> teller,
      Consumer<String> messages) {
    this.definitions = definitions;
    this.backups = backups;
    this.teller = teller;
    this.messages = messages;
  }

  /**
   * Of the backups in these stores.
   *
   * @param definitions read anew at each look
   * @param messages gets a sentence for a store that cannot be read
   */
  public static RpoWatch of(
      Supplier<Definitions> definitions,
      Vaults vaults,
      RunNotices notices,
      Consumer<String> messages) {
    return new RpoWatch(
        definitions, objective -> newest(vaults, objective), notices::start, messages);
  }

  private static Optional<Newest> newest(Vaults vaults, Objective objective) {
    try (Vault vault = vaults.open(objective.store())) {
      return vault.catalogue(objective.backup().name()).list().complete().stream()
          .findFirst()
          .map(listed -> new Newest(listed.id(), listed.snapshot()));
    }
  }

  /** Looks at all of them, and never throws: a watch that ends is no watch. */
  public void look(Instant now) {
    try {
      Definitions known = definitions.get();
      for (Objective objective : Objective.of(known)) {
        List<Notification> asked = asked(known, objective);
        if (!asked.isEmpty()) {
          look(now, objective, asked);
        }
      }
    } catch (RuntimeException e) {
      messages.accept("objectives of backups were not looked at: " + e.getMessage());
    }
  }

  private static List<Notification> asked(Definitions known, Objective objective) {
    Subject subject = new Subject(Kind.BACKUP, objective.backup().name());
    return known.notifications().stream()
        .filter(one -> one.on().contains(Event.AT_RISK) && one.concerns(subject))
        .toList();
  }

  private void look(Instant now, Objective objective, List<Notification> asked) {
    String name = objective.backup().name();
    try {
      Optional<Newest> newest = backups.find(objective);
      Duration age = newest.map(it -> Duration.between(it.snapshot(), now)).orElse(objective.rpo());
      String id =
          "backup/" + name + "/notice/at-risk-" + newest.map(Newest::id).orElse("no-backup");
      if (age.compareTo(objective.atRisk()) >= 0 && !told.contains(id)) {
        teller.accept(notice(id, now, objective, newest), asked);
        told.add(id);
      }
      unreadable.remove(name);
    } catch (RuntimeException e) {
      if (unreadable.add(name)) {
        messages.accept("the age of backup " + name + " is not known: " + e.getMessage());
      }
    }
  }

  private static Notice notice(
      String id, Instant now, Objective objective, Optional<Newest> newest) {
    String name = objective.backup().name();
    String run = "backup/" + name;
    String message =
        newest
            .map(
                it ->
                    "the newest backup of %s, %s, has the data of %s; older than %s misses its rpo, at %s"
                        .formatted(
                            name,
                            it.id(),
                            it.snapshot().truncatedTo(ChronoUnit.SECONDS),
                            Durations.write(objective.rpo()),
                            it.snapshot().plus(objective.rpo()).truncatedTo(ChronoUnit.SECONDS)))
            .orElse(
                "there is no backup of %s, whose rpo is %s"
                    .formatted(name, Durations.write(objective.rpo())));
    return new Notice(
        id,
        Event.AT_RISK,
        run,
        run,
        new Subject(Kind.BACKUP, name),
        objective.backup().database(),
        "",
        message,
        List.of(),
        now);
  }
}
