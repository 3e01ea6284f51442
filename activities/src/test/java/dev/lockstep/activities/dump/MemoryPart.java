package dev.lockstep.activities.dump;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A part that counts its lines. */
record MemoryPart(String name, boolean compressed, MemoryDatabase.Opens opens, Seen seen)
    implements DumpSession.Part {
  /**
   * Who looks on.
   *
   * @param alive before each read; throws where the dump shall end
   * @param rows told how many there were, at the end
   */
  record Seen(Runnable alive, LongConsumer rows) {}

  @Override
  public InputStream open() throws IOException {
    return new FilterInputStream(opens.open()) {
      private long lines;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        seen.alive().run();
        int count = in.read(into, offset, length);
        if (count < 0) {
          seen.rows().accept(lines);
        }
        for (int i = offset; i < offset + count; i++) {
          lines += into[i] == '\n' ? 1 : 0;
        }
        return count;
      }
    };
  }
}
