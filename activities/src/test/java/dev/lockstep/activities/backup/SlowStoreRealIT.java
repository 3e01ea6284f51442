package dev.lockstep.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.storage.TestbedStores;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that is slow and fast in turn holds back the source, and the worker does not fill up
 * meanwhile, however long the stream is. The length is {@code lockstep.slow.bytes}; the default
 * takes about a minute on two cores.
 */
final class SlowStoreRealIT {
  private static final long BYTES = Long.getLong("lockstep.slow.bytes", 1L << 30);
  private static final Duration PHASE = Duration.ofSeconds(4);
  private static final long SLOW_BYTES_PER_SECOND = 4_000_000;
  private static final long MOST_KIB = 256 << 10;

  /** Between a tenth of the way, when code is compiled and all buffers are there, and the end. */
  private static final long GROWTH_KIB = 32 << 10;

  private static final long PATIENCE_MINUTES = 30;

  @TempDir private Path folder = Path.of("");

  @Test
  void aLongStreamIntoASlowStoreTakesNoMoreMemoryThanAShortOne() throws Exception {
    String bucket = "lockstep-slow";
    Files.createDirectories(
        Path.of(TestbedStores.address("LOCKSTEP_TESTBED", "s3")).resolve("s3/data/" + bucket));
    String said;
    Instant began = Instant.now();
    try (SlowLine line =
        SlowLine.to(
            TestbedStores.address("LOCKSTEP_TESTBED_S3", "s3"), PHASE, SLOW_BYTES_PER_SECOND)) {
      said = run(line.address(), bucket);
      assertThat(line.passed()).isGreaterThan(BYTES / 3);
    }
    System.out.printf(
        "%d bytes in %s: %s%n",
        BYTES, Duration.between(began, Instant.now()), said.replace('\n', ';'));
    assertThat(said)
        .contains("sent " + BYTES + " stored ")
        .contains("read " + BYTES + " resident ");
    List<Long> resident =
        Pattern.compile("resident (\\d+)")
            .matcher(said)
            .results()
            .map(MatchResult::group)
            .map(word -> Long.parseLong(word.replaceAll("\\D", "")))
            .toList();
    assertThat(resident).hasSizeGreaterThan(10).allMatch(kib -> kib < MOST_KIB);
    long later = resident.stream().skip(4).mapToLong(Long::longValue).max().orElseThrow();
    assertThat(later).isLessThan(resident.get(3) + GROWTH_KIB);
  }

  /** With a heap so small that the whole process stays under 256 MiB. */
  private String run(String address, String bucket) throws Exception {
    File output = folder.resolve("said").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("lockstep.slow.heap", "256m"),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LongStream.class.getName(),
                String.valueOf(BYTES),
                address,
                bucket)
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output.toPath())).isZero();
      return Files.readString(output.toPath());
    } finally {
      process.destroyForcibly();
    }
  }
}
