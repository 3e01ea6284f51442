package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.TestbedStores;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

final class AwsKmsRealIT extends AwsKmsContract {
  private static String address = "";

  @BeforeAll
  static void find() throws IOException, InterruptedException {
    address = TestbedStores.optional("LOCKSTEP_TESTBED_AWSKMS", "awskms");
  }

  @Override
  protected String endpoint() {
    return address;
  }
}
