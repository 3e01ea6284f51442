package dev.lockstep.activities.backup;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.lockstep.activities.dump.DumpSession.Part;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.activities.storage.Upload;
import dev.lockstep.activities.stream.BlockOutput;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One part of a dump into one object.
 *
 * <ol>
 *   <li>This thread reads the part and keeps to the rate.
 *   <li>A second one compresses (with threads of its own), encrypts and digests.
 *   <li>A third one uploads.
 * </ol>
 *
 * <p>They are tied by a few blocks of fixed size: memory does not depend on the length of a part,
 * and the slowest of the three decides the pace. What stops one stops all, and the object appears
 * only after the part ended as a whole part ends.
 */
final class PartCopy {
  /**
   * The default of zstd: on text about a third of the size at the pace of a fast network. What the
   * program compressed already gets level 1, which finds that out and copies: it costs little, and
   * every object has the same form and a checksum in it.
   */
  private static final int LEVEL = 3;

  private static final int LEVEL_OF_COMPRESSED = 1;

  /** Bytes that one thread compresses at a time: bounds the memory outside the heap. */
  private static final int JOB_BYTES = 2 << 20;

  private static final int BUFFER_BYTES = 256 << 10;

  private final ObjectStore store;
  private final Layout layout;
  private final Optional<DataKey> key;
  private final Flow flow;

  PartCopy(ObjectStore store, Layout layout, Optional<DataKey> key, Flow flow) {
    this.store = store;
    this.layout = layout;
    this.key = key;
    this.flow = flow;
  }

  /**
   * What all parts share.
   *
   * @param threads that compress one part
   */
  record Flow(Throttle throttle, Meter meter, int threads) {}

  StoredPart copy(Part part) {
    String target = key.isPresent() ? layout.encrypted(part.name()) : layout.plain(part.name());
    try (Upload upload = store.begin(target, Existing.REFUSED)) {
      return stream(part, target, upload);
    } catch (IOException e) {
      throw Damage.behind(
          e, FaultCode.SERVER_UNREACHABLE, target + " cannot be written to " + store.describe());
    }
  }

  private StoredPart stream(Part part, String target, Upload upload) throws IOException {
    BackgroundOutput sending = new BackgroundOutput("upload", new Unclosed(upload));
    MeasuredOutput stored = new MeasuredOutput(sending);
    try {
      BackgroundOutput packing = new BackgroundOutput("pack", packed(part, stored, target));
      try {
        CountedInput source = read(part, packing);
        packing.close();
        String storedSha256 = stored.sha256();
        complete(upload, target, storedSha256);
        return new StoredPart(
            part.name(),
            target,
            source.bytes(),
            stored.bytes(),
            storedSha256,
            Optional.empty(),
            part.compressed());
      } finally {
        // First what the packing waits for.
        sending.abort();
        packing.abort();
      }
    } finally {
      sending.abort();
    }
  }

  /** A client that completed it twice, since the first answer was lost, finds its own. */
  private void complete(Upload upload, String target, String sha256) throws IOException {
    try {
      upload.complete();
    } catch (IOException e) {
      if (!Damage.is(
              Damage.behind(e, FaultCode.SERVER_UNREACHABLE, target), FaultCode.OBJECT_EXISTS)
          || !holds(target, sha256)) {
        throw e;
      }
    }
  }

  private boolean holds(String target, String sha256) throws IOException {
    try (MeasuredInput there = new MeasuredInput(store.open(target))) {
      return there.transferTo(OutputStream.nullOutputStream()) >= 0
          && there.sha256().equals(sha256);
    }
  }

  private OutputStream packed(Part part, OutputStream stored, String target) throws IOException {
    OutputStream sealed = key.isPresent() ? key.get().encrypt(stored, target) : stored;
    return new ZstdOutputStreamNoFinalizer(sealed, part.compressed() ? LEVEL_OF_COMPRESSED : LEVEL)
        .setChecksum(true)
        .setWorkers(flow.threads())
        .setJobSize(JOB_BYTES);
  }

  /** Failures of the target come out of it as they are, those of the part as the dump's. */
  private CountedInput read(Part part, OutputStream target) throws IOException {
    byte[] buffer = new byte[flow.throttle().step(BUFFER_BYTES)];
    CountedInput source = opened(part);
    try {
      int count = next(part, source, buffer);
      while (count >= 0) {
        flow.throttle().pass(count);
        target.write(buffer, 0, count);
        flow.meter().add(count);
        count = next(part, source, buffer);
      }
    } catch (IOException | RuntimeException e) {
      closeQuietly(source, e);
      throw e;
    }
    try {
      source.close();
    } catch (IOException e) {
      throw cut(part, e);
    }
    return source;
  }

  private static CountedInput opened(Part part) {
    try {
      return new CountedInput(part.open());
    } catch (IOException e) {
      throw cut(part, e);
    }
  }

  private static int next(Part part, InputStream source, byte[] buffer) {
    try {
      return source.read(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw cut(part, e);
    }
  }

  private static void closeQuietly(InputStream source, Exception first) {
    try {
      source.close();
    } catch (IOException | RuntimeException e) {
      first.addSuppressed(e);
    }
  }

  private static RuntimeException cut(Part part, IOException e) {
    return Damage.behind(e, FaultCode.DUMP_FAILED, "the part " + part.name() + " was cut");
  }

  /** The upload is completed or thrown away by who began it. */
  private static final class Unclosed extends BlockOutput {
    private final OutputStream target;

    Unclosed(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      target.write(from, offset, length);
    }

    @Override
    public void close() {}
  }
}
