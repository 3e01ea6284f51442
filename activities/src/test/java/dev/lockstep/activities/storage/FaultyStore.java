package dev.lockstep.activities.storage;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Another store that refuses, loses and changes what a test wants; as long as it wants nothing, it
 * is that store. What a test looks at or changes itself counts as no call and never fails.
 */
public final class FaultyStore implements ObjectStore {
  private final ObjectStore target;
  private final Set<String> locked = ConcurrentHashMap.newKeySet();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong uploaded = new AtomicLong();
  private volatile long room = Long.MAX_VALUE;
  private volatile long cut = Long.MAX_VALUE;
  private volatile int failing = Integer.MAX_VALUE;
  private volatile boolean blocked;
  private volatile boolean forgetsData;
  private volatile boolean replacesAlways;
  private volatile boolean losesAnswers;

  /** Of a store, which is closed with this one. */
  public FaultyStore(ObjectStore target) {
    this.target = target;
  }

  /** Uploads find no room once so many bytes have gone through from now on, all together. */
  public void refuseAt(long bytes) {
    uploaded.set(0);
    room = bytes;
  }

  /** The call of that number from now on, from 1, finds nobody, and so do all after it. */
  public void failFrom(int call) {
    calls.set(0);
    failing = call;
  }

  /** From now on reading an object breaks after that many bytes. */
  public void cutReadsAt(long bytes) {
    cut = bytes;
  }

  /** Uploads take nothing more, and wait until their thread is interrupted. */
  public void block() {
    blocked = true;
  }

  /** What is uploaded counts, and is not kept. */
  public void forgetData() {
    forgetsData = true;
  }

  /** A service that ignores the condition of a write. */
  public void replaceAlways() {
    replacesAlways = true;
  }

  /** A client that sends each write with a condition twice, since the first answer was lost. */
  public void loseAnswers() {
    losesAnswers = true;
  }

  /** An object that cannot be deleted. */
  public void lock(String key) {
    locked.add(key);
  }

  /** There is room, an answer and the whole of every object again. */
  public void recover() {
    room = Long.MAX_VALUE;
    failing = Integer.MAX_VALUE;
    cut = Long.MAX_VALUE;
    blocked = false;
  }

  /** Calls since the last {@link #failFrom}. */
  public int calls() {
    return calls.get();
  }

  /** The bytes of an object that is there. */
  public byte[] bytes(String key) {
    try (InputStream in = target.open(key)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of all objects that are there. */
  public SortedSet<String> keys() {
    SortedSet<String> keys = new TreeSet<>();
    target.list("").forEach(object -> keys.add(object.key()));
    return keys;
  }

  /** Writes an object anew. */
  public void change(String key, UnaryOperator<byte[]> change) {
    target.put(key, change.apply(bytes(key)), Existing.REPLACED);
  }

  /** Turns one bit of an object around, of 8 a byte beginning with the lowest. */
  public void flip(String key, long bit) {
    change(
        key,
        bytes -> {
          bytes[(int) (bit / 8)] ^= (byte) (1 << (int) (bit % 8));
          return bytes;
        });
  }

  /** Cuts an object after so many bytes, or fills it up to them with zeros. */
  public void truncate(String key, int length) {
    change(key, bytes -> Arrays.copyOf(bytes, length));
  }

  /** Removes an object, also a locked one. */
  public void lose(String key) {
    target.delete(key);
  }

  /** Removes all of them. */
  public void clear() {
    keys().forEach(this::lose);
  }

  @Override
  public Upload begin(String key, Existing existing) {
    call();
    return new FaultyUpload(this, target.begin(key, effective(existing)), existing);
  }

  @Override
  public void put(String key, byte[] bytes, Existing existing) {
    call();
    target.put(key, bytes, effective(existing));
    answer(existing);
  }

  @Override
  public InputStream open(String key) {
    call();
    long end = cut;
    return end == Long.MAX_VALUE ? target.open(key) : new CutInput(target.open(key), end);
  }

  @Override
  public Optional<StoredObject> find(String key) {
    call();
    return target.find(key);
  }

  @Override
  public List<StoredObject> list(String prefix) {
    call();
    return target.list(prefix);
  }

  @Override
  public void delete(String key) {
    call();
    if (locked.contains(key)) {
      throw Faults.failure(FaultCode.STORE_REFUSED, key + " is locked until 2027", "");
    }
    target.delete(key);
  }

  @Override
  public int sweep(String prefix, Duration olderThan) {
    call();
    return target.sweep(prefix, olderThan);
  }

  @Override
  public String describe() {
    return target.describe();
  }

  @Override
  public void close() {
    target.close();
  }

  /** Counts a call, and lets it fail where it shall. */
  void call() {
    if (calls.incrementAndGet() >= failing) {
      throw Faults.failure(FaultCode.SERVER_UNREACHABLE, "no answer from " + describe(), "");
    }
  }

  /** Whether the bytes are to be kept, once there is room for them and nothing blocks. */
  boolean takes(int bytes) throws IOException {
    if (blocked) {
      hang();
    }
    if (uploaded.addAndGet(bytes) > room) {
      ApplicationFailure full =
          Faults.failure(FaultCode.RESOURCE_EXHAUSTED, "the bucket is full", "");
      throw new IOException(full.getOriginalMessage(), full);
    }
    return !forgetsData;
  }

  private static void hang() throws IOException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  /** What the client learns of a write that was made. */
  void answer(Existing existing) {
    if (losesAnswers && existing == Existing.REFUSED) {
      throw Faults.failure(FaultCode.OBJECT_EXISTS, "the object is there already", "");
    }
  }

  private Existing effective(Existing existing) {
    return replacesAlways ? Existing.REPLACED : existing;
  }

  private static final class CutInput extends FilterInputStream {
    private final long end;
    private long seen;

    CutInput(InputStream in, long end) {
      super(in);
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (seen >= end && length > 0) {
        throw new IOException("cut after " + seen + " bytes");
      }
      int count = in.read(into, offset, (int) Math.min(length, end - seen));
      seen += Math.max(0, count);
      return count;
    }
  }
}
