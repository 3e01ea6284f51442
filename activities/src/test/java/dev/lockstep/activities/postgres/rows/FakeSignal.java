package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.health.HealthSignal;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A signal that says what a test wants. */
final class FakeSignal implements HealthSignal {
  private volatile Optional<String> concern;

  FakeSignal(Optional<String> concern) {
    this.concern = concern;
  }

  void set(Optional<String> concern) {
    this.concern = concern;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Optional<String> concern(Handle handle) {
    return concern;
  }
}
