package dev.lockstep.activities.dump.mysql;

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
final class MydumperStream extends ProgramStream {
  private static final Pattern HEAD = Pattern.compile("\n-- (.+) (\\d{1,18})");
  private static final String LAST_FILE = "metadata";

  /** Names of databases and tables, encoded, fit many times. */
  private static final int HEAD_BYTES = 4096;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private String file = "";
  private MydumperMetadata metadata = new MydumperMetadata();
  private long left;

  MydumperStream(InputStream in, Supplier<IOException> cut, Runnable check) {
    super(in, cut, check);
  }

  /** What the newest file named metadata says; of use at the end. */
  MydumperMetadata metadata() {
    return metadata;
  }

  @Override
  boolean isWhole() {
    return left == 0 && head.size() == 0 && file.equals(LAST_FILE) && metadata.isFinished();
  }

  @Override
  void follow(byte[] bytes, int offset, int read) throws IOException {
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
        throw cut();
      }
      return;
    }
    Matcher told = HEAD.matcher(head.toString(StandardCharsets.UTF_8));
    if (!told.matches()) {
      throw cut();
    }
    file = told.group(1);
    left = Long.parseLong(told.group(2));
    head.reset();
    if (file.equals(LAST_FILE)) {
      metadata = new MydumperMetadata();
    }
  }
}
