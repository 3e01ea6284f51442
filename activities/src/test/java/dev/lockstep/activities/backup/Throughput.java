package dev.lockstep.activities.backup;

import dev.lockstep.activities.dump.DumpSession.Part;
import dev.lockstep.activities.storage.FaultyStore;
import dev.lockstep.activities.storage.MemoryStore;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Says how fast a part is compressed and encrypted for a store that keeps nothing. No test. */
final class Throughput {
  private static final long BYTES = 1L << 30;

  private record Made(String name, boolean compressed, InputStream open) implements Part {}

  private Throughput() {}

  public static void main(String[] args) throws Exception {
    for (int round = 0; round < 3; round++) {
      measure("plain", Optional.empty(), false);
      measure("encrypted", Optional.of(DataKey.create()), false);
      measure("encrypted, compressed before", Optional.of(DataKey.create()), true);
    }
  }

  private static void measure(String name, Optional<DataKey> key, boolean compressed) {
    FaultyStore store = new FaultyStore(new MemoryStore());
    store.forgetData();
    PartCopy copy =
        new PartCopy(
            store,
            new Layout("shop", "1"),
            key,
            new PartCopy.Flow(
                new Throttle(Optional.empty()),
                new Meter("take", List::of),
                Runtime.getRuntime().availableProcessors()));
    long began = System.nanoTime();
    StoredPart part =
        copy.copy(new Made("a", compressed, compressed ? new Noise(BYTES) : Rows.of(BYTES)));
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f MB/s raw, stored %.1f %%%n",
        name,
        part.bytes() / 1e6 / seconds,
        100.0 * part.storedBytes() / part.bytes());
  }

  /** Bytes that nothing compresses. */
  private static final class Noise extends InputStream {
    private final byte[] block = new byte[8 << 20];
    private long left;

    Noise(long length) {
      left = length;
      new Random(5).nextBytes(block);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int offset, int wanted) {
      if (left == 0) {
        return -1;
      }
      int from = (int) (left % block.length);
      int count = (int) Math.min(left, Math.min(wanted, block.length - from));
      System.arraycopy(block, from, into, offset, count);
      left -= count;
      return count;
    }
  }
}
