package dev.lockstep.deploy.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command on every supported PostgreSQL, with clients that must not see an error. */
final class EveryVersionRealIT {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {13, 14, 15, 16, 17, 18})
  void changesRunUnderTraffic(int version) throws Exception {
    new VersionTrial(folder).changesRunUnderTraffic(version);
  }
}
