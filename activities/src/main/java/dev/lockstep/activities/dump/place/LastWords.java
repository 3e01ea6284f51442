package dev.lockstep.activities.dump.place;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last lines that a program wrote to its standard error, however many it writes. */
final class LastWords implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

  /** What a program says at its end rarely takes more. */
  static final int LINES = 20;

  /** The rest of a longer line is dropped: a statement in an error can be a whole function. */
  static final int LINE_BYTES = 500;

  private final InputStream errors;
  private final List<String> secrets;
  private final Deque<String> lines = new ArrayDeque<>();
  private final byte[] line = new byte[LINE_BYTES];
  private int length;

  /**
   * Of a stream.
   *
   * @param secrets shown as {@code ***} where they occur
   */
  LastWords(InputStream errors, Collection<String> secrets) {
    this.errors = errors;
    this.secrets = secrets.stream().filter(secret -> !secret.isEmpty()).toList();
  }

  /** Reads to the end. */
  @Override
  public void run() {
    byte[] chunk = new byte[4096];
    try {
      for (int read = errors.read(chunk); read >= 0; read = errors.read(chunk)) {
        take(chunk, read);
      }
    } catch (IOException e) {
      LOG.debug("the errors of a program are cut", e);
    }
    endLine();
  }

  private synchronized void take(byte[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        endLine();
      } else if (length < LINE_BYTES) {
        line[length++] = chunk[i];
      }
    }
  }

  private synchronized void endLine() {
    String text = new String(line, 0, length, StandardCharsets.UTF_8).strip();
    length = 0;
    if (text.isEmpty()) {
      return;
    }
    for (String secret : secrets) {
      text = text.replace(secret, "***");
    }
    lines.addLast(text);
    if (lines.size() > LINES) {
      lines.removeFirst();
    }
  }

  /** One line; empty where it said nothing. */
  synchronized String text() {
    return String.join(" | ", lines);
  }
}
