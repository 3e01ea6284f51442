package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.StoredObject;
import dev.lockstep.activities.storage.Upload;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store in memory that refuses, loses and changes what a test wants. */
final class FakeStore implements ObjectStore {
  private static final class Kept {
    private final byte[] bytes;
    private final Instant modified;

    Kept(byte[] bytes, Instant modified) {
      this.bytes = bytes;
      this.modified = modified;
    }

    byte[] bytes() {
      return bytes;
    }

    Instant modified() {
      return modified;
    }
  }

  private final Map<String, Kept> objects = new ConcurrentSkipListMap<>();
  private final Set<String> locked = new HashSet<>();
  private final AtomicInteger openUploads = new AtomicInteger();
  private final AtomicLong uploaded = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile long refuseAt = Long.MAX_VALUE;
  private volatile int failingCall = Integer.MAX_VALUE;
  private volatile boolean forgetsData;
  private volatile boolean replacesAlways;
  private volatile boolean losesAnswers;
  private volatile boolean blocked;
  private volatile Instant now = Instant.parse("2026-11-26T12:00:00Z");

  /** Uploads break when so many bytes have gone through, all together. */
  void refuseAt(long bytes) {
    uploaded.set(0);
    refuseAt = bytes;
  }

  /** The call of that number from now on, from 1, fails, and all after it. */
  void failFrom(int call) {
    calls.set(0);
    failingCall = call;
  }

  void recover() {
    refuseAt = Long.MAX_VALUE;
    failingCall = Integer.MAX_VALUE;
    blocked = false;
  }

  /** Uploads take nothing more, and wait. */
  void block() {
    blocked = true;
  }

  /** What is uploaded counts, and is not kept. */
  void forgetData() {
    forgetsData = true;
  }

  /** A service that ignores the condition of a write. */
  void replaceAlways() {
    replacesAlways = true;
  }

  /** A client that sends everything twice, since the first answer was lost. */
  void loseAnswers() {
    losesAnswers = true;
  }

  void lock(String key) {
    locked.add(key);
  }

  void clock(Instant time) {
    now = time;
  }

  void change(String key, UnaryOperator<byte[]> change) {
    objects.put(key, new Kept(change.apply(bytes(key)), now));
  }

  void flip(String key, long bit) {
    change(
        key,
        bytes -> {
          byte[] flipped = bytes.clone();
          flipped[(int) (bit / 8)] ^= (byte) (1 << (int) (bit % 8));
          return flipped;
        });
  }

  byte[] bytes(String key) {
    return find(key, objects.get(key)).bytes();
  }

  Set<String> keys() {
    return objects.keySet();
  }

  int openUploads() {
    return openUploads.get();
  }

  long uploaded() {
    return uploaded.get();
  }

  int calls() {
    return calls.get();
  }

  @Override
  public Upload begin(String key, Existing existing) {
    call();
    openUploads.incrementAndGet();
    return new Upload() {
      private final ByteArrayOutputStream content = new ByteArrayOutputStream();
      private boolean over;

      @Override
      public void write(int next) throws IOException {
        write(new byte[] {(byte) next}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        if (blocked) {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
          }
        }
        if (uploaded.addAndGet(length) > refuseAt) {
          throw new IOException("the bucket is full", full());
        }
        if (!forgetsData) {
          content.write(from, offset, length);
        }
      }

      @Override
      public void complete() throws IOException {
        try {
          put(key, content.toByteArray(), existing);
        } catch (ApplicationFailure e) {
          throw new IOException("not taken", e);
        }
        close();
      }

      @Override
      public void close() {
        if (!over) {
          over = true;
          openUploads.decrementAndGet();
        }
      }
    };
  }

  @Override
  public void put(String key, byte[] bytes, Existing existing) {
    call();
    Kept kept = new Kept(bytes.clone(), now);
    if (existing == Existing.REPLACED || replacesAlways) {
      objects.put(key, kept);
    } else if (objects.putIfAbsent(key, kept) != null || losesAnswers) {
      throw Faults.failure(FaultCode.OBJECT_EXISTS, key + " is there", "");
    }
  }

  @Override
  public InputStream open(String key) {
    call();
    return new ByteArrayInputStream(find(key, objects.get(key)).bytes());
  }

  @Override
  public Optional<StoredObject> find(String key) {
    return list(key).stream().filter(object -> object.key().equals(key)).findFirst();
  }

  @Override
  public List<StoredObject> list(String prefix) {
    call();
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(
            entry ->
                new StoredObject(
                    entry.getKey(), entry.getValue().bytes().length, entry.getValue().modified()))
        .toList();
  }

  @Override
  public void delete(String key) {
    call();
    if (locked.contains(key)) {
      throw Faults.failure(FaultCode.STORE_REFUSED, key + " is locked until 2027", "");
    }
    objects.remove(key);
  }

  @Override
  public int sweep(String prefix, Duration olderThan) {
    call();
    return 0;
  }

  @Override
  public String describe() {
    return "memory";
  }

  @Override
  public void close() {}

  static ApplicationFailure full() {
    return Faults.failure(FaultCode.RESOURCE_EXHAUSTED, "the bucket is full", "");
  }

  private void call() {
    if (calls.incrementAndGet() >= failingCall) {
      throw Faults.failure(FaultCode.SERVER_UNREACHABLE, "no answer from memory", "");
    }
  }

  private static Kept find(String key, @Nullable Kept kept) {
    if (kept == null) {
      throw Faults.failure(FaultCode.OBJECT_MISSING, key + " is not there", "");
    }
    return kept;
  }
}
