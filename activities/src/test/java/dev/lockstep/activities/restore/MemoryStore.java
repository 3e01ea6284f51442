package dev.lockstep.activities.restore;

import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.StoredObject;
import dev.lockstep.activities.storage.Upload;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Small objects in memory. */
final class MemoryStore implements ObjectStore {
  final SortedMap<String, byte[]> objects = new TreeMap<>();
  boolean unreachable;

  /** The bytes of an object that is there. */
  byte[] bytes(String key) {
    return Objects.requireNonNull(objects.get(key), key);
  }

  @Override
  public Upload begin(String key, Existing existing) {
    throw new UnsupportedOperationException("nothing long is written here");
  }

  @Override
  public void put(String key, byte[] bytes, Existing existing) {
    requireReachable();
    if (existing == Existing.REFUSED && objects.containsKey(key)) {
      throw Faults.failure(FaultCode.OBJECT_EXISTS, key + " is there", "");
    }
    objects.put(key, bytes.clone());
  }

  @Override
  public InputStream open(String key) {
    requireReachable();
    byte[] bytes = objects.get(key);
    if (bytes == null) {
      throw Faults.failure(FaultCode.OBJECT_MISSING, key + " is not there", "");
    }
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public Optional<StoredObject> find(String key) {
    return list(key).stream().filter(object -> object.key().equals(key)).findFirst();
  }

  @Override
  public List<StoredObject> list(String prefix) {
    requireReachable();
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> new StoredObject(entry.getKey(), entry.getValue().length, Instant.EPOCH))
        .toList();
  }

  @Override
  public void delete(String key) {
    objects.remove(key);
  }

  @Override
  public int sweep(String prefix, Duration olderThan) {
    return 0;
  }

  @Override
  public String describe() {
    return "memory";
  }

  @Override
  public void close() {}

  private void requireReachable() {
    if (unreachable) {
      throw Faults.failure(FaultCode.SERVER_UNREACHABLE, "the store does not answer", "");
    }
  }
}
