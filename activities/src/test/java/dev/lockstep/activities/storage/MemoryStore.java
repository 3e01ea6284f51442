package dev.lockstep.activities.storage;

import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store in memory that passes the contract of the real ones, and goes wrong where a test wants
 * it. Everything is done under the one lock of the store.
 */
public final class MemoryStore implements ObjectStore {
  private final Map<String, Stored> objects = new HashMap<>();
  private final Map<Upload, Begun> uploads = new HashMap<>();
  private long room = Long.MAX_VALUE;
  private long cut = Long.MAX_VALUE;
  private Runnable beforeEachPart = () -> {};

  private record Stored(Bytes bytes, Instant modified) {}

  private record Begun(String key, Instant at) {}

  /** From now on an object may have that many bytes: the part behind it finds no room. */
  public synchronized void refuseAt(long bytes) {
    room = bytes;
  }

  /** From now on reading an object throws after that many bytes. */
  public synchronized void cutReadsAt(long bytes) {
    cut = bytes;
  }

  /** What a part, of 8 MiB or the last, waits for before it is taken, outside of the lock. */
  public synchronized void beforeEachPart(Runnable wait) {
    beforeEachPart = wait;
  }

  /** Turns the lowest bit of one byte of an object around. */
  public synchronized void flip(String key, int position) {
    existing(key, "damaging").bytes().flip(position);
  }

  /** How many uploads were neither completed nor closed. */
  public synchronized int unfinished() {
    return uploads.size();
  }

  @Override
  public Upload begin(String key, Existing existing) {
    ObjectKeys.checked(key);
    MemoryUpload upload = new MemoryUpload(key, existing);
    synchronized (this) {
      uploads.put(upload, new Begun(key, Instant.now()));
    }
    return upload;
  }

  @Override
  public void put(String key, byte[] bytes, Existing existing) {
    Uploads.put(begin(key, existing), bytes);
  }

  @Override
  public synchronized InputStream open(String key) {
    byte[] bytes = existing(key, "reading").bytes().copy();
    long end = cut;
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      private long seen;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (seen >= end && length > 0) {
          throw new IOException("%s: read %d bytes of %d".formatted(key, seen, bytes.length));
        }
        int count = in.read(into, offset, (int) Math.min(length, end - seen));
        seen += Math.max(0, count);
        return count;
      }
    };
  }

  @Override
  public synchronized Optional<StoredObject> find(String key) {
    ObjectKeys.checked(key);
    return Optional.ofNullable(objects.get(key)).map(stored -> described(key, stored));
  }

  @Override
  public synchronized List<StoredObject> list(String prefix) {
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> described(entry.getKey(), entry.getValue()))
        .sorted(ObjectKeys.ORDER)
        .toList();
  }

  @Override
  public synchronized void delete(String key) {
    objects.remove(ObjectKeys.checked(key));
  }

  @Override
  public synchronized int sweep(String prefix, Duration olderThan) {
    Instant before = Instant.now().minus(olderThan);
    int all = uploads.size();
    uploads
        .values()
        .removeIf(begun -> begun.key().startsWith(prefix) && begun.at().isBefore(before));
    return all - uploads.size();
  }

  @Override
  public String describe() {
    return "store in memory";
  }

  @Override
  public void close() {}

  private Stored existing(String key, String verb) {
    Stored stored = objects.get(ObjectKeys.checked(key));
    if (stored == null) {
      throw StorageFaults.failure(
          FaultCode.OBJECT_MISSING, verb + " " + key + " in " + describe(), "it is not there");
    }
    return stored;
  }

  private static StoredObject described(String key, Stored stored) {
    return new StoredObject(key, stored.bytes().length(), stored.modified());
  }

  /** An array that a record may hold. */
  private static final class Bytes {
    private final byte[] array;

    Bytes(byte[] array) {
      this.array = array;
    }

    int length() {
      return array.length;
    }

    byte[] copy() {
      return array.clone();
    }

    void flip(int position) {
      array[position] ^= 1;
    }
  }

  private final class MemoryUpload extends PartUpload {
    private final String key;
    private final Existing existing;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    MemoryUpload(String key, Existing existing) {
      this.key = key;
      this.existing = existing;
    }

    @Override
    protected void send(Part part) {
      Runnable wait;
      synchronized (MemoryStore.this) {
        wait = beforeEachPart;
      }
      wait.run();
      synchronized (MemoryStore.this) {
        if (!uploads.containsKey(this)) {
          throw failure(FaultCode.STORE_REFUSED, "the upload was swept");
        }
        if (sent.size() + part.length() > room) {
          throw failure(FaultCode.RESOURCE_EXHAUSTED, "no room behind byte " + room);
        }
        try {
          part.stream().transferTo(sent);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    protected void finish(Part part) {
      send(part);
      synchronized (MemoryStore.this) {
        if (existing == Existing.REFUSED && objects.containsKey(key)) {
          throw failure(FaultCode.OBJECT_EXISTS, "an object of that key is there");
        }
        objects.put(key, new Stored(new Bytes(sent.toByteArray()), Instant.now()));
        uploads.remove(this);
      }
    }

    @Override
    protected void abandon() {
      synchronized (MemoryStore.this) {
        uploads.remove(this);
      }
    }

    private ApplicationFailure failure(FaultCode code, String reason) {
      return StorageFaults.failure(code, "writing " + key + " in " + describe(), reason);
    }
  }
}
