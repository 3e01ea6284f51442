package dev.lockstep.activities.backup;

import org.junit.jupiter.api.AfterEach;

final class FakeTransitTest extends TransitContract {
  private final FakeTransit service = new FakeTransit();

  @AfterEach
  void close() {
    service.close();
  }

  @Override
  protected String address() {
    return service.server.address();
  }
}
