package dev.lockstep.activities.storage;

import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store in memory that passes the contract of the real ones; {@link FaultyStore} lets it go
 * wrong. Everything is done under the one lock of the store.
 */
public final class MemoryStore implements ObjectStore {
  private final Map<String, Stored> objects = new HashMap<>();
  private final Map<Upload, Begun> uploads = new HashMap<>();
  private final InstantSource clock;

  private record Stored(Bytes bytes, Instant modified) {}

  private record Begun(String key, Instant at) {}

  /** With the time of this machine. */
  public MemoryStore() {
    this(InstantSource.system());
  }

  /** With a time of its own. */
  public MemoryStore(InstantSource clock) {
    this.clock = clock;
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
      uploads.put(upload, new Begun(key, clock.instant()));
    }
    return upload;
  }

  @Override
  public void put(String key, byte[] bytes, Existing existing) {
    Uploads.put(begin(key, existing), bytes);
  }

  @Override
  public synchronized InputStream open(String key) {
    return new ByteArrayInputStream(existing(key).bytes().copy());
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
    Instant before = clock.instant().minus(olderThan);
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

  private Stored existing(String key) {
    Stored stored = objects.get(ObjectKeys.checked(key));
    if (stored == null) {
      throw StorageFaults.failure(
          FaultCode.OBJECT_MISSING, "reading " + key + " in " + describe(), "it is not there");
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
      synchronized (MemoryStore.this) {
        if (!uploads.containsKey(this)) {
          throw failure(FaultCode.STORE_REFUSED, "the upload was swept");
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
        objects.put(key, new Stored(new Bytes(sent.toByteArray()), clock.instant()));
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
