package dev.lockstep.activities.dump.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a dump program writes. It ends only behind the program's last line, which it writes after
 * everything else went well; on the way the position of the log is read from the first lines.
 */
final class TrailedStream extends ProgramStream {
  static final String TRAILER = "-- Dump completed";

  /** The last line has a date behind the trailer. */
  private static final int TAIL = 256;

  /** The position stands before the first table. */
  private static final int HEAD = 16 * 1024;

  private static final Pattern POSITION =
      Pattern.compile("_LOG_FILE='([^']+)', (?:MASTER|SOURCE)_LOG_POS=(\\d+)");

  private final byte[] head = new byte[HEAD];
  private final byte[] tail = new byte[TAIL];
  private long count;

  TrailedStream(InputStream in, Supplier<IOException> cut, Runnable check) {
    super(in, cut, check);
  }

  /** File and position, such as {@code binlog.000001:864}; empty where the program wrote none. */
  Optional<String> position() {
    int length = (int) Math.min(count, HEAD);
    Matcher found = POSITION.matcher(new String(head, 0, length, StandardCharsets.UTF_8));
    return found.find() ? Optional.of(found.group(1) + ":" + found.group(2)) : Optional.empty();
  }

  @Override
  void follow(byte[] bytes, int offset, int read) {
    if (count < HEAD) {
      System.arraycopy(bytes, offset, head, (int) count, (int) Math.min(read, HEAD - count));
    }
    int kept = Math.min(read, TAIL);
    System.arraycopy(tail, kept, tail, 0, TAIL - kept);
    System.arraycopy(bytes, offset + read - kept, tail, TAIL - kept, kept);
    count += read;
  }

  @Override
  boolean isWhole() {
    byte[] seen = count < TAIL ? Arrays.copyOfRange(tail, (int) (TAIL - count), TAIL) : tail;
    String text = new String(seen, StandardCharsets.UTF_8);
    String[] lines = text.split("\n", -1);
    return lines.length > 1
        && lines[lines.length - 1].isEmpty()
        && lines[lines.length - 2].startsWith(TRAILER);
  }
}
