package dev.lockstep.activities.dump.place;

import dev.lockstep.activities.stream.BlockInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A stream without the mark at its end, which tells a status. As many bytes as a mark has are
 * always held back, so that no byte of the mark is given away before it is known for what it is.
 */
final class MarkedOutput extends BlockInput {
  private static final int CHUNK_BYTES = 64 * 1024;

  /** Three digits and a line break. */
  private static final int STATUS_BYTES = 4;

  private final InputStream source;
  private final byte[] mark;
  private final int held;
  private final End end;
  private final byte[] buffer;
  private int from;
  private int to;
  private boolean complete;

  MarkedOutput(InputStream source, String mark, End end) {
    this.source = source;
    this.mark = ("\n" + mark).getBytes(StandardCharsets.US_ASCII);
    this.held = this.mark.length + STATUS_BYTES;
    this.end = end;
    this.buffer = new byte[CHUNK_BYTES + held];
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!complete && to - from <= held) {
      if (!fill()) {
        end.reached(status());
        complete = true;
      }
    }
    if (complete) {
      return -1;
    }
    int count = Math.min(length, to - from - held);
    System.arraycopy(buffer, from, target, offset, count);
    from += count;
    return count;
  }

  /** What the mark says; empty where what is left is no mark. */
  private OptionalInt status() {
    int digits = from + mark.length;
    if (to - from != held || !Arrays.equals(buffer, from, digits, mark, 0, mark.length)) {
      return OptionalInt.empty();
    }
    String status = new String(buffer, digits, STATUS_BYTES, StandardCharsets.US_ASCII);
    return status.matches("\\d{3}\n")
        ? OptionalInt.of(Integer.parseInt(status.strip()))
        : OptionalInt.empty();
  }

  /** A stream that breaks has ended without its mark; why is told by the program's exit. */
  private boolean fill() {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    try {
      int read = source.read(buffer, to, buffer.length - to);
      to += Math.max(read, 0);
      return read >= 0;
    } catch (IOException broken) {
      return false;
    }
  }

  @Override
  public void close() {
    end.closed();
  }

  /** What is done at the end. */
  interface End {
    /**
     * Nothing more comes.
     *
     * @param status that the mark told; empty: there was no mark
     * @throws IOException where the end is not a good one
     */
    void reached(OptionalInt status) throws IOException;

    /** Nobody reads on. */
    void closed();
  }
}
