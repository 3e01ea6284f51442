package dev.lockstep.deploy.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oldest supported PostgreSQL and the newest; {@link EveryVersionRealIT} has those between. */
final class EveryVersionIT {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void changesRunUnderTraffic(int version) throws Exception {
    new VersionTrial(folder).changesRunUnderTraffic(version);
  }
}
