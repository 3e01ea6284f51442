package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** What those stores do beside it that keep nothing in this process. */
abstract class OutsideStoreContract extends ObjectStoreContract {
  private static final long MEBIBYTE = 1 << 20;

  /** One part, twice it while it grows, and what the client holds of it on its way. */
  private static final long MEMORY = 30 * MEBIBYTE;

  @Test
  void fortyMebibytesNeedLittleMemory() throws IOException {
    String key = "memory/" + UUID.randomUUID();
    store().put(key + "-first", text("loads the classes"), Existing.REPLACED);
    byte[] piece = new byte[64 << 10];
    Random random = new Random();
    CRC32 written = new CRC32();
    long before = used();
    try (Upload upload = store().begin(key, Existing.REPLACED)) {
      for (int n = 0; n < 40 * MEBIBYTE / piece.length; n++) {
        random.nextBytes(piece);
        written.update(piece);
        upload.write(piece);
      }
      assertThat(used() - before).isLessThan(MEMORY);
      upload.complete();
    }
    CRC32 found = new CRC32();
    try (InputStream in = store().open(key)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        found.update(piece, 0, count);
      }
    }
    assertThat(found.getValue()).isEqualTo(written.getValue());
    assertThat(used() - before).isLessThan(MEMORY);
    store().delete(key);
    store().delete(key + "-first");
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
