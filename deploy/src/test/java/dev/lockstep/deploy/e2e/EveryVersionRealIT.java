package dev.lockstep.deploy.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The supported PostgreSQL versions between those of {@link EveryVersionIT}. */
final class EveryVersionRealIT {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17})
  void changesRunUnderTraffic(int version) throws Exception {
    new VersionTrial(folder).changesRunUnderTraffic(version);
  }
}
