package dev.lockstep.activities.backup;

import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.SecretReader;
import dev.lockstep.activities.dump.DumpSession.Part;
import dev.lockstep.activities.storage.DefinedStores;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that sends one long part through the pipeline into S3, and says what it took. */
public final class LongStream {
  private static final int SAMPLES = 20;

  private LongStream() {}

  private record Endless(String name, boolean compressed, InputStream open) implements Part {}

  /**
   * Sends it, reads it back, and removes it. Prints {@code resident KIB} some times while it is
   * sent, then {@code sent BYTES stored BYTES millis N} and {@code read BYTES resident KIB}.
   *
   * @param arguments length in bytes, endpoint, bucket
   */
  public static void main(String[] arguments) throws Exception {
    long bytes = Long.parseLong(arguments[0]);
    Layout layout = new Layout("long", "1");
    DataKey key = DataKey.create();
    try (ObjectStore store = open(arguments[1], arguments[2])) {
      long began = System.nanoTime();
      PartCopy copy =
          new PartCopy(
              store,
              layout,
              Optional.of(key),
              new PartCopy.Flow(new Throttle(Optional.empty()), new Meter("take", List::of), 2));
      StoredPart sent = copy.copy(new Endless("long.dump", false, new Noise(bytes)));
      System.out.printf(
          "sent %d stored %d millis %d%n",
          sent.bytes(), sent.storedBytes(), (System.nanoTime() - began) / 1_000_000);
      try (InputStream content = PartStream.open(store, sent, Optional.of(key))) {
        long read = content.transferTo(OutputStream.nullOutputStream());
        System.out.printf("read %d resident %d%n", read, resident());
      }
      store.delete(sent.key());
    }
  }

  private static ObjectStore open(String endpoint, String bucket) {
    Map<String, String> secrets = Map.of("KEY", "testbed", "SECRET", "testbed-secret");
    Databases databases =
        new Databases(
            ConnectionSettings.DEFAULT,
            SecretReader.NONE,
            name -> Optional.ofNullable(secrets.get(name)));
    StorePlace.AccessKeys keys =
        new StorePlace.AccessKeys(
            new SecretReference.Variable("KEY"), new SecretReference.Variable("SECRET"));
    StorePlace place =
        new StorePlace.S3(Optional.of(endpoint), "us-east-1", bucket, "", true, Optional.of(keys));
    return new DefinedStores(databases.tokens()).open(new Store("long", place, Optional.empty()));
  }

  /** Memory of this process in KiB, as the kernel counts it. */
  private static long resident() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of which every second eight are random: zstd saves at most half of them. */
  private static final class Noise extends InputStream {
    private static final int BLOCK = 64 << 10;

    private final long length;
    private final byte[] block = new byte[BLOCK];
    private long at;
    private long state = 0x9E3779B97F4A7C15L;

    Noise(long length) {
      this.length = length;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("the pipeline reads blocks");
    }

    @Override
    public int read(byte[] into, int offset, int wanted) {
      if (at == length) {
        return -1;
      }
      ByteBuffer words = ByteBuffer.wrap(block);
      for (int i = 0; i < BLOCK; i += 2 * Long.BYTES) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        words.putLong(i, state);
      }
      int count = (int) Math.min(Math.min(wanted, BLOCK), length - at);
      System.arraycopy(block, 0, into, offset, count);
      if (at / (length / SAMPLES) != (at + count) / (length / SAMPLES)) {
        System.out.println("resident " + resident());
      }
      at += count;
      return count;
    }
  }
}
