package dev.lockstep.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.dump.DumpSession.Part;
import dev.lockstep.activities.storage.FaultyStore;
import dev.lockstep.activities.storage.MemoryStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** However long a part is, the same few blocks are used. */
final class MemoryRealIT {
  private static final long MIB = 1 << 20;

  private record Endless(String name, boolean compressed, InputStream open) implements Part {}

  @Test
  void threeHundredMebibytesNeedNoMoreThanThirty() throws Exception {
    long few = peakOf(30 * MIB);
    long many = peakOf(300 * MIB);
    assertThat(many).isLessThan(few + 16 * MIB);
  }

  /** The most heap in use while a part of that length is copied, over that before. */
  private static long peakOf(long bytes) throws Exception {
    FaultyStore store = new FaultyStore(new MemoryStore());
    store.forgetData();
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    System.gc();
    long before = memory.getHeapMemoryUsage().getUsed();
    AtomicLong peak = new AtomicLong();
    AtomicLong looked = new AtomicLong();
    InputStream watched =
        new FilterInputStream(Rows.of(bytes)) {
          private long at;

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            at += Math.max(0, count);
            if (at - looked.get() > bytes / 6) {
              looked.set(at);
              System.gc();
              peak.accumulateAndGet(memory.getHeapMemoryUsage().getUsed() - before, Math::max);
            }
            return count;
          }
        };
    PartCopy copy =
        new PartCopy(
            store,
            new Layout("shop", "1"),
            Optional.of(DataKey.create()),
            new PartCopy.Flow(new Throttle(Optional.empty()), new Meter("take", List::of), 2));
    assertThat(copy.copy(new Endless("a.dump", true, watched)).bytes()).isEqualTo(bytes);
    assertThat(peak.get()).isPositive();
    return peak.get();
  }
}
