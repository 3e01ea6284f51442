package dev.lockstep.activities.postgres.health;

import dev.lockstep.definitions.model.ByteRate;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;

/**
 * How fast the server writes its log, this backfill's part included, against {@code maxWalRate}.
 *
 * <ol>
 *   <li>Each look counts what was written since the last one. What is above the limit is a debt.
 *   <li>While there is a debt the work waits, and time pays it off at the limit. So the average
 *       keeps the limit, also where one second of work writes many times of it.
 *   <li>A debt is never higher than {@link #LONGEST_DEBT} pays off: what others wrote in a long
 *       burst does not hold the work for long after it.
 * </ol>
 */
final class WalRate implements HealthSignal {
  static final Duration LONGEST_DEBT = Duration.ofSeconds(10);

  private static final String NAME = "WAL rate";
  private static final String QUERY = "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::text";
  private static final double NANOS = 1e9;

  private final ByteRate most;
  private final LongSupplier nanoClock;
  private Optional<Position> last = Optional.empty();
  private double debt;

  private record Position(long nanos, double bytes) {}

  WalRate(ByteRate most, LongSupplier nanoClock) {
    this.most = most;
    this.nanoClock = nanoClock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> concern(Handle handle) {
    String bytes =
        Look.at(NAME, handle, asked -> asked.createQuery(QUERY).mapTo(String.class).one());
    return stands(Double.parseDouble(bytes));
  }

  /** The log stands there now, in bytes since its beginning. */
  Optional<String> stands(double bytes) {
    Position now = new Position(nanoClock.getAsLong(), bytes);
    OptionalDouble rate = rate(now);
    last = Optional.of(now);
    if (debt <= 0 || rate.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        rate.getAsDouble() > limit()
            ? "WAL grows by %s/s, limit %s".formatted(Amount.of(rate.getAsDouble()), most)
            : "WAL grew by %s more than the limit of %s, made up for in %s s"
                .formatted(Amount.of(debt), most, seconds()));
  }

  /** Bytes a second since the last look; empty at the first one, and after a fail-over. */
  private OptionalDouble rate(Position now) {
    double seconds = last.map(then -> (now.nanos() - then.nanos()) / NANOS).orElse(0.0);
    double written = last.map(then -> now.bytes() - then.bytes()).orElse(0.0);
    if (seconds <= 0 || written < 0) {
      return OptionalDouble.empty();
    }
    double owed = debt + written - limit() * seconds;
    debt = Math.max(0, Math.min(owed, limit() * LONGEST_DEBT.toSeconds()));
    return OptionalDouble.of(written / seconds);
  }

  private double limit() {
    return most.perSecond().bytes();
  }

  private String seconds() {
    return String.format(Locale.ROOT, "%.0f", Math.ceil(debt / limit()));
  }
}
