package dev.lockstep.activities.storage;

final class VersitygwRealIT extends S3StoreContract {
  @Override
  protected String endpoint() throws Exception {
    return TestbedStores.address("LOCKSTEP_TESTBED_S3", "s3");
  }
}
