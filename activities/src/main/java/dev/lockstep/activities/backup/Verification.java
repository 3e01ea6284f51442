package dev.lockstep.activities.backup;

import dev.lockstep.activities.progress.KeepAlive;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.storage.StoredObject;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads every object of backups to its end, and compares all of it with the manifests. */
public final class Verification {
  private static final int AT_ONCE = 2;
  private static final int BUFFER_BYTES = 256 << 10;

  private final List<Reader> readers;
  private final Meter meter;

  /**
   * Of one backup.
   *
   * @param step id of the step, for its progress
   */
  public Verification(Reader reader, String step) {
    this(List.of(reader), step);
  }

  Verification(List<Reader> readers, String step) {
    this.readers = readers;
    this.meter = new Meter(step, List::of);
  }

  /**
   * Does it, with progress in bytes of the dump.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code BACKUP_DAMAGED}, naming the object and
   *     what differs
   */
  public void run(Reporter reporter) {
    meter.expect(readers.stream().mapToLong(reader -> reader.manifest().bytes()).sum());
    Integer count = KeepAlive.interrupting(() -> reporter.progress(meter.look()), () -> all());
    if (count != readers.stream().mapToInt(reader -> reader.manifest().objects().size()).sum()) {
      throw new IllegalStateException("not every object was read");
    }
  }

  private int all() {
    readers.forEach(Verification::compare);
    List<Supplier<Boolean>> work = new ArrayList<>();
    for (Reader reader : readers) {
      reader.manifest().objects().forEach(part -> work.add(() -> read(reader, part)));
    }
    return new Crew(AT_ONCE, () -> {}).all(work).size();
  }

  private static void compare(Reader reader) {
    Map<String, StoredObject> there =
        reader.store().list(reader.layout().data()).stream()
            .collect(Collectors.toMap(StoredObject::key, Function.identity()));
    reader.manifest().objects().forEach(part -> compare(part, there.get(part.key())));
  }

  /** What can be known without reading is known first. */
  private static void compare(StoredPart part, @Nullable StoredObject object) {
    if (object == null) {
      throw Damage.of(part.key(), "it is missing");
    }
    if (object.bytes() != part.storedBytes()) {
      throw Damage.of(
          part.key(), "%d bytes are stored, %d were".formatted(object.bytes(), part.storedBytes()));
    }
  }

  private boolean read(Reader reader, StoredPart part) {
    try (InputStream content = reader.open(part)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      int count = content.read(buffer);
      while (count >= 0) {
        meter.add(count);
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted");
        }
        count = content.read(buffer);
      }
      return true;
    } catch (IOException e) {
      throw Damage.behind(e, FaultCode.SERVER_UNREACHABLE, part.key() + " cannot be read");
    }
  }
}
