package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.definitions.model.BlockerTermination;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is never ended, whatever was asked for. What is not known counts against ending.
 *
 * <ol>
 *   <li>What is no client's session: autovacuum, replication, workers of extensions. Our own.
 *   <li>Whom nobody asked for by name, or whom our role may not end, or not see.
 *   <li>Programs of PostgreSQL itself, which are dumps mostly; who has locks on as many tables as a
 *       dump; whose last statement locked tables, copied one, or exported a snapshot for others.
 *   <li>Who has a table lock that no query and no change of rows takes: an explicit LOCK TABLE or a
 *       schema change. (LOCK TABLE in one of the weaker modes looks like a query's lock; the rules
 *       of 3 see it while it is the last statement.)
 *   <li>Who has an advisory lock: it may guard work outside of the transaction.
 *   <li>Who wrote for longer than {@link #LONGEST_WORK}. The server does not say how much a
 *       transaction of others wrote. It does say whether it wrote at all (only then it has an id),
 *       and, of one that is idle, when it began and when its last statement ended: all that it
 *       wrote, it wrote in between, and all that its end destroys can be done again in that time.
 *       Of one that is at work that time is not known, so it must not have written at all.
 *   <li>Who is idle, or at work, for less than the time asked for.
 * </ol>
 */
final class BlockerGuards {
  /** Clients that wait for an answer have not given up by then, and few write much in it. */
  static final Duration LONGEST_WORK = Duration.ofSeconds(1);

  /** More than transactions of applications touch. */
  static final long MOST_TABLES = 100;

  private final BlockerTermination wanted;

  BlockerGuards(BlockerTermination wanted) {
    this.wanted = wanted;
  }

  /** Why it is spared, as what is said after its pid; empty: it may be ended. */
  Optional<String> reason(Blocker blocker) {
    return ofKind(blocker)
        .or(() -> ofRights(blocker))
        .or(() -> ofPurpose(blocker))
        .or(() -> ofState(blocker));
  }

  private Optional<String> ofKind(Blocker blocker) {
    Blocker.Identity identity = blocker.identity();
    if (identity.application().equals(Databases.APPLICATION_NAME)) {
      return Optional.of("is a session of Lockstep");
    }
    if (!identity.kind().isEmpty() && !identity.kind().equals("client backend")) {
      return Optional.of("is no client but the server's " + identity.kind());
    }
    if (!blocker.named()) {
      return Optional.of("is not named like '" + wanted.applicationName().orElse("") + "'");
    }
    return Optional.empty();
  }

  private static Optional<String> ofRights(Blocker blocker) {
    if (!blocker.mayEnd()) {
      return Optional.of(
          "belongs to %s, whose sessions this role may not end (GRANT pg_signal_backend allows it,"
                  .formatted(blocker.identity().user())
              + " superusers' excepted)");
    }
    if (blocker.doing().state().isEmpty()) {
      return Optional.of(
          "has a state that this role may not see (GRANT pg_read_all_stats shows it)");
    }
    return Optional.empty();
  }

  private static Optional<String> ofPurpose(Blocker blocker) {
    Blocker.Holding holding = blocker.holding();
    if (blocker.identity().application().startsWith("pg_")) {
      return Optional.of("is a program of PostgreSQL, such as a dump");
    }
    if (holding.strongLock().isPresent()) {
      return Optional.of(
          "has " + holding.strongLock().get() + ", as LOCK TABLE or a schema change takes");
    }
    if (blocker.doing().guards()) {
      return Optional.of("locked tables, copied or exported its snapshot with its last statement");
    }
    if (holding.tables() > MOST_TABLES) {
      return Optional.of("has locks on " + holding.tables() + " tables, as a dump has");
    }
    return holding.advisory()
        ? Optional.of("has an advisory lock, which may guard more than its transaction")
        : Optional.empty();
  }

  private Optional<String> ofState(Blocker blocker) {
    Blocker.Doing doing = blocker.doing();
    if (doing.idle()) {
      return ofIdle(doing);
    }
    if (!doing.running()) {
      return Optional.of("is " + doing.state());
    }
    return switch (wanted.sessions()) {
      case NONE, IDLE -> Optional.of("is at work, and only idle sessions are to be ended");
      case ANY -> ofRunning(doing);
    };
  }

  private Optional<String> ofIdle(Blocker.Doing doing) {
    if (doing.wrote() && doing.worked().compareTo(LONGEST_WORK) > 0) {
      return Optional.of(
          "wrote, for up to %s: how much is not to be seen"
              .formatted(DurationText.of(doing.worked())));
    }
    return tooShort(doing.unchanged(), "is idle");
  }

  private Optional<String> ofRunning(Blocker.Doing doing) {
    return doing.wrote()
        ? Optional.of("wrote and is still at work")
        : tooShort(doing.age(), "has its transaction open");
  }

  private Optional<String> tooShort(Duration time, String what) {
    return time.compareTo(wanted.after()) < 0
        ? Optional.of(
            "%s for %s, not yet for %s"
                .formatted(what, DurationText.of(time), DurationText.of(wanted.after())))
        : Optional.empty();
  }
}
