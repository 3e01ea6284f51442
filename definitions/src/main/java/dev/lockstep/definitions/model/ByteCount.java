package dev.lockstep.definitions.model;

import java.util.List;

/**
 * An amount of data.
 *
 * @param bytes at least 1
 */
public record ByteCount(long bytes) {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final int STEP = 1024;

  public ByteCount {
    if (bytes < 1) {
      throw new IllegalArgumentException("a size is at least 1B, not " + bytes + "B");
    }
  }

  /** So many mebibytes. */
  public static ByteCount ofMebibytes(long count) {
    return new ByteCount(Math.multiplyExact(count, (long) STEP * STEP));
  }

  /** In the largest unit that gives a whole number, so that nothing is lost. */
  @Override
  public String toString() {
    long count = bytes;
    int unit = 0;
    while (unit < UNITS.size() - 1 && count % STEP == 0) {
      count /= STEP;
      unit++;
    }
    return count + UNITS.get(unit);
  }
}
