package dev.lockstep.activities.restore;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.restore.BackupSource.Part;
import dev.lockstep.activities.restore.BackupSource.StoredBackup;
import dev.lockstep.definitions.plan.BackupReference;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One backup in memory; a part may be damaged at its end, or the whole may not open. */
final class MemoryBackup implements BackupSource, StoredBackup {
  static final Instant SNAPSHOT = Instant.parse("2026-11-25T20:00:00Z");

  final SortedMap<String, Long> rows = new TreeMap<>();
  final SortedMap<String, ApplicationFailure> damaged = new TreeMap<>();
  final SortedMap<String, String> parts = new TreeMap<>();
  final List<String> verified = new ArrayList<>();
  Optional<String> sentinel = Optional.of("5e17");
  Optional<ApplicationFailure> closed = Optional.empty();

  @Override
  public StoredBackup open(BackupReference copy) {
    if (closed.isPresent()) {
      throw closed.get();
    }
    return this;
  }

  @Override
  public void restored(BackupReference copy, String run, Instant when) {
    verified.add(copy + " by " + run + " at " + when);
  }

  @Override
  public DumpFacts facts() {
    return new DumpFacts(
        "postgresql",
        "15.20",
        "pg_dump 15.20",
        "pg_dump custom",
        SNAPSHOT,
        Optional.empty(),
        Optional.empty(),
        1000,
        rows);
  }

  @Override
  public Optional<Sentinel> sentinel() {
    return sentinel.map(value -> new Sentinel(Scene.COPY.id(), value));
  }

  @Override
  public String manifestSha256() {
    return "ab".repeat(32);
  }

  @Override
  public List<Part> parts() {
    return parts.entrySet().stream().map(e -> part(e.getKey(), e.getValue())).toList();
  }

  private Part part(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new Part() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long bytes() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new SequenceInputStream(new ByteArrayInputStream(bytes), end(name));
      }
    };
  }

  /** Where the digests are compared. */
  private InputStream end(String name) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return read(new byte[1], 0, 1);
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (damaged.containsKey(name)) {
          throw new IOException("differs", damaged.get(name));
        }
        return -1;
      }
    };
  }

  @Override
  public void close() {}
}
