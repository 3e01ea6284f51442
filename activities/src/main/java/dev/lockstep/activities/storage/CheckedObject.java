package dev.lockstep.activities.storage;

import dev.lockstep.activities.stream.BlockFilter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of an object, which must be as many as the service said, and sum up to what it said.
 * Clients take a connection that ends early for the end of the object, and some throw what is no
 * {@link IOException}.
 */
final class CheckedObject extends BlockFilter {
  private final String name;
  private final long length;
  private final Optional<Expected> sum;
  private long seen;

  /**
   * @param name of the object and its store, for people
   * @param length in bytes
   */
  CheckedObject(InputStream bytes, String name, long length, Optional<Expected> sum) {
    super(bytes);
    this.name = name;
    this.length = length;
    this.sum = sum;
  }

  /**
   * What the bytes sum up to.
   *
   * @param text as {@link Sum#text()} writes it
   */
  record Expected(Sum sum, String text) {}

  @Override
  public int read(byte[] bytes, int offset, int wanted) throws IOException {
    int count;
    try {
      count = source.read(bytes, offset, wanted);
    } catch (RuntimeException failed) {
      throw new IOException(name + ": " + StorageFaults.reason(failed), failed);
    }
    if (count > 0) {
      seen += count;
      sum.ifPresent(it -> it.sum().add(bytes, offset, count));
    }
    if (seen > length || (count < 0 && seen < length)) {
      throw new IOException("%s: read %d bytes of %d".formatted(name, seen, length));
    }
    if (count < 0 && sum.filter(it -> !it.sum().text().equals(it.text())).isPresent()) {
      throw new IOException(name + ": what was read is not what was stored: its checksum differs");
    }
    return count;
  }
}
