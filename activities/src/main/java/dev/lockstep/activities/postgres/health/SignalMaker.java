package dev.lockstep.activities.postgres.health;

import dev.lockstep.activities.connection.TokenReader;
import dev.lockstep.definitions.model.HealthLimits;
import dev.lockstep.definitions.model.HealthLimits.Autovacuum;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.plan.TableName;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Makes the signals that limits ask for, and those that are looked at anyway. */
public final class SignalMaker {
  /** With five of them a look ends before it is stale. */
  private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(2);

  private final PrometheusSignal.Client client;
  private final LongSupplier nanoClock;

  /** With tokens from there. */
  public SignalMaker(TokenReader tokens) {
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(HTTP_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.client = new PrometheusSignal.Client(http, tokens, HTTP_TIMEOUT);
    this.nanoClock = System::nanoTime;
  }

  /** The signals of one call of a step on a table; they remember what they saw. */
  public HealthSignals make(Limits limits, TableName table) {
    HealthLimits health = limits.healthOrDefault();
    List<HealthSignal> reading = new ArrayList<>();
    reading.add(commitLatency(health));
    health.maxActiveSessions().map(ActiveSessions::new).ifPresent(reading::add);
    health.signals().stream().map(this::own).forEach(reading::add);

    List<HealthSignal> changing = new ArrayList<>();
    limits.maxReplicaLag().map(ReplicaLag::new).ifPresent(changing::add);
    changing.add(archiveBacklog(health));
    health.maxWalRate().map(most -> new WalRate(most, nanoClock)).ifPresent(changing::add);
    vacuum(health, table).ifPresent(changing::add);
    changing.addAll(reading);
    return new HealthSignals(changing, reading);
  }

  /** The user's own signals alone. */
  public OwnSignals own(List<Signal> signals) {
    return new OwnSignals(signals.stream().map(this::own).toList());
  }

  private HealthSignal commitLatency(HealthLimits health) {
    return health
        .maxCommitLatency()
        .<HealthSignal>map(most -> new CommitLatency(most, nanoClock))
        .orElseGet(
            () -> byDefault(new CommitLatency(HealthLimits.DEFAULT_COMMIT_LATENCY, nanoClock)));
  }

  private HealthSignal archiveBacklog(HealthLimits health) {
    return health
        .maxArchiveBacklog()
        .<HealthSignal>map(ArchiveBacklog::new)
        .orElseGet(() -> byDefault(new ArchiveBacklog(HealthLimits.DEFAULT_ARCHIVE_BACKLOG)));
  }

  private Optional<HealthSignal> vacuum(HealthLimits health, TableName table) {
    if (health.autovacuum().isEmpty()) {
      return Optional.of(byDefault(new TableVacuum(table, TableVacuum.Which.EARLIER, nanoClock)));
    }
    return health
        .autovacuum()
        .filter(asked -> asked == Autovacuum.WAIT)
        .map(asked -> new TableVacuum(table, TableVacuum.Which.EACH, nanoClock));
  }

  private HealthSignal byDefault(HealthSignal signal) {
    return new ByDefault(signal, nanoClock);
  }

  private HealthSignal own(Signal signal) {
    Maximum maximum = new Maximum("signal " + signal.name(), signal.max());
    return signal
        .source()
        .accept(
            new Signal.Visitor<HealthSignal>() {
              @Override
              public HealthSignal query(Signal.Query query) {
                return new QuerySignal(maximum, query.sql());
              }

              @Override
              public HealthSignal prometheus(Signal.Prometheus prometheus) {
                return new PrometheusSignal(maximum, prometheus, client);
              }
            });
  }
}
