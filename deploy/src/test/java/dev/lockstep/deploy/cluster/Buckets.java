package dev.lockstep.deploy.cluster;

import dev.lockstep.deploy.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Buckets of the testbed's S3 server, which are folders. */
final class Buckets {
  private Buckets() {}

  static void make(Testbed testbed, String name) throws IOException {
    Path state = Path.of(testbed.value("LOCKSTEP_TESTBED", "s3"));
    Files.createDirectories(state.resolve("s3/data").resolve(name));
  }
}
