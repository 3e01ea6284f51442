package dev.lockstep.activities.storage;

/**
 * Another server than the first, by other people. It looks for the object before it completes an
 * upload in parts, but not under one lock.
 */
final class SeaweedfsRealIT extends S3StoreContract {
  @Override
  protected String endpoint() throws Exception {
    return TestbedStores.address("LOCKSTEP_TESTBED_SEAWEEDFS", "seaweedfs");
  }

  @Override
  protected boolean refusesLongRaces() {
    return false;
  }
}
