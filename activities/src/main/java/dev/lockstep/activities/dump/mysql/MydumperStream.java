package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.stream.BlockFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What mydumper sends: files, each behind an empty line and a line with its name and bytes. It ends
 * only behind the file named metadata, whose own last line is there; nothing may follow it.
 */
final class MydumperStream extends BlockFilter {
  private static final Pattern HEAD = Pattern.compile("\n-- (.+) (\\d{1,18})");
  private static final String LAST_FILE = "metadata";

  /** Names of databases and tables, encoded, fit many times. */
  private static final int HEAD_BYTES = 4096;

  private final Supplier<IOException> cut;
  private final Runnable check;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private String file = "";
  private MydumperMetadata metadata = new MydumperMetadata();
  private long left;

  /**
   * Watches a stream.
   *
   * @param cut makes what is thrown where the end comes too early, or the stream is none of its
   * @param check throws where the activity shall stop: a program that was ended for that has not
   *     failed
   */
  MydumperStream(InputStream in, Supplier<IOException> cut, Runnable check) {
    super(in);
    this.cut = cut;
    this.check = check;
  }

  /** What the newest file named metadata says; of use at the end. */
  MydumperMetadata metadata() {
    return metadata;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = watched(bytes, offset, length);
    if (read < 0) {
      if (left > 0 || head.size() > 0 || !file.equals(LAST_FILE) || !metadata.isFinished()) {
        throw cut.get();
      }
      return -1;
    }
    follow(bytes, offset, read);
    return read;
  }

  private int watched(byte[] bytes, int offset, int length) throws IOException {
    check.run();
    try {
      return source.read(bytes, offset, length);
    } catch (IOException e) {
      check.run();
      throw e;
    }
  }

  private void follow(byte[] bytes, int offset, int read) throws IOException {
    int at = offset;
    int end = offset + read;
    while (at < end) {
      if (left > 0) {
        int count = (int) Math.min(left, end - at);
        if (file.equals(LAST_FILE)) {
          metadata.take(bytes, at, count);
        }
        left -= count;
        at += count;
      } else {
        takeHead(bytes[at]);
        at++;
      }
    }
  }

  private void takeHead(byte next) throws IOException {
    // The first byte is the empty line before the head.
    if (next != '\n' || head.size() == 0) {
      head.write(next);
      if (head.size() > HEAD_BYTES) {
        throw cut.get();
      }
      return;
    }
    Matcher told = HEAD.matcher(head.toString(StandardCharsets.UTF_8));
    if (!told.matches()) {
      throw cut.get();
    }
    file = told.group(1);
    left = Long.parseLong(told.group(2));
    head.reset();
    if (file.equals(LAST_FILE)) {
      metadata = new MydumperMetadata();
    }
  }
}
