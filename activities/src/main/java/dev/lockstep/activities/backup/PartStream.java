package dev.lockstep.activities.backup;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.stream.BlockFilter;
import dev.lockstep.activities.stream.BlockInput;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One part as the engine gave it. It ends only where every byte was as the manifest says; otherwise
 * {@code read} throws {@link IOException} whose cause is the failure.
 */
final class PartStream extends BlockInput {
  private static final int BUFFER_BYTES = 1 << 20;

  private final StoredPart part;
  private final MeasuredInput stored;
  private final CountedInput raw;
  private boolean ended;

  private PartStream(StoredPart part, MeasuredInput stored, CountedInput raw) {
    this.part = part;
    this.stored = stored;
    this.raw = raw;
  }

  static PartStream open(ObjectStore store, StoredPart part, Optional<DataKey> key)
      throws IOException {
    MeasuredInput stored =
        new MeasuredInput(new FromStore(opened(store, part), part.key(), store.describe()));
    try {
      InputStream clear = key.isPresent() ? key.get().decrypt(stored, part.key()) : stored;
      InputStream raw =
          new ZstdInputStreamNoFinalizer(new BufferedInputStream(clear, BUFFER_BYTES));
      return new PartStream(
          part, stored, part.sha256().isPresent() ? new MeasuredInput(raw) : new CountedInput(raw));
    } catch (IOException e) {
      stored.close();
      throw damaged(part, e);
    }
  }

  private static InputStream opened(ObjectStore store, StoredPart part) throws IOException {
    try {
      return store.open(part.key());
    } catch (ApplicationFailure e) {
      if (Damage.is(e, FaultCode.OBJECT_MISSING)) {
        throw damaged(part, "it is missing");
      }
      throw e;
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    try {
      int count = raw.read(into, offset, length);
      if (count < 0) {
        compare();
        ended = true;
      }
      return count;
    } catch (FromStore.Cut | Known e) {
      throw e;
    } catch (IOException e) {
      throw damaged(part, e);
    }
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  private void compare() throws IOException {
    while (stored.read(new byte[BUFFER_BYTES], 0, BUFFER_BYTES) >= 0) {
      // What follows the compressed data belongs to the object too.
    }
    differ("%d bytes are stored, %d were", stored.bytes(), part.storedBytes());
    differ("what is stored has the SHA-256 %s, it had %s", stored.sha256(), part.storedSha256());
    differ("it holds %d bytes of the dump, it held %d", raw.bytes(), part.bytes());
    if (raw instanceof MeasuredInput digested) {
      differ(
          "the dump in it has the SHA-256 %s, it had %s",
          digested.sha256(), part.sha256().orElseThrow());
    }
  }

  private void differ(String sentence, Object is, Object was) throws IOException {
    if (!is.equals(was)) {
      throw damaged(part, sentence.formatted(is, was));
    }
  }

  private static IOException damaged(StoredPart part, IOException e) {
    return e instanceof FromStore.Cut || e instanceof Known
        ? e
        : damaged(part, "its bytes are not those that were written (%s)".formatted(e.getMessage()));
  }

  private static IOException damaged(StoredPart part, String difference) {
    return new Known(Damage.of(part.key(), difference));
  }

  /** What it says is the whole truth. */
  private static final class Known extends IOException {
    private static final long serialVersionUID = 1L;

    Known(ApplicationFailure failure) {
      super(Damage.sentence(failure), failure);
    }
  }

  /** Tells the store's troubles from damage. */
  private static final class FromStore extends BlockFilter {
    private final String key;
    private final String place;

    FromStore(InputStream source, String key, String place) {
      super(source);
      this.key = key;
      this.place = place;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return source.read(into, offset, length);
      } catch (IOException e) {
        throw new Cut(
            Damage.behind(e, FaultCode.SERVER_UNREACHABLE, key + " of " + place + " was cut"));
      }
    }

    private static final class Cut extends IOException {
      private static final long serialVersionUID = 1L;

      Cut(ApplicationFailure failure) {
        super(Damage.sentence(failure), failure);
      }
    }
  }
}
