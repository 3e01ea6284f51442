package dev.lockstep.activities.backup;

import org.junit.jupiter.api.AfterEach;

final class FakeAwsKmsTest extends AwsKmsContract {
  private final FakeAwsKms service = new FakeAwsKms();

  @AfterEach
  void close() {
    service.close();
  }

  @Override
  protected String endpoint() {
    return service.server.address();
  }
}
