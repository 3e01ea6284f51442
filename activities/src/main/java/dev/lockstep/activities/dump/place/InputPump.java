package dev.lockstep.activities.dump.place;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries content into a program. What the program does not take, it tells by its exit status. */
final class InputPump implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(InputPump.class);
  private static final int CHUNK_BYTES = 64 * 1024;

  private final OutputStream target;
  private final Launch launch;
  private final Program program;
  private final Runnable kill;
  private volatile @Nullable Exception failure;

  /**
   * A pump.
   *
   * @param kill called before the program could take a cut content for a whole one
   */
  InputPump(Launch launch, Program program, Runnable kill) {
    this.target = launch.process().getOutputStream();
    this.launch = launch;
    this.program = program;
    this.kill = kill;
  }

  /** Why the content could not be read. */
  @Nullable Exception failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      target.write(launch.preamble().getBytes(StandardCharsets.UTF_8));
      if (program.input().isPresent() && !copy(program.input().get())) {
        kill.run();
        return;
      }
      target.flush();
      if (launch.halfCloses()) {
        target.close();
      }
    } catch (IOException e) {
      LOG.debug("{} takes no more input", program, e);
    }
  }

  private boolean copy(Program.Input input) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    long left = input.bytes();
    while (left > 0) {
      int read = read(input.content(), chunk, (int) Math.min(chunk.length, left));
      if (read < 0) {
        return false;
      }
      target.write(chunk, 0, read);
      left -= read;
    }
    return true;
  }

  private int read(InputStream content, byte[] chunk, int most) {
    try {
      int read = content.read(chunk, 0, most);
      if (read < 0) {
        failure = new IOException("the content for " + program + " is shorter than it was said");
      }
      return read;
    } catch (IOException | RuntimeException e) {
      failure = e;
      return -1;
    }
  }
}
