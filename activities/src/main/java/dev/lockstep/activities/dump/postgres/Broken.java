package dev.lockstep.activities.dump.postgres;

import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a program's broken stream means. */
public final class Broken {
  private Broken() {}

  /** The failure that it carries. */
  public static RuntimeException failure(IOException broken) {
    return broken.getCause() instanceof ApplicationFailure failure
        ? failure
        : new UncheckedIOException(broken);
  }

  /**
   * The same where the program read somebody's content: what that threw is thrown on.
   *
   * @throws IOException of the content
   */
  static RuntimeException orContent(IOException broken) throws IOException {
    if (broken.getCause() instanceof RuntimeException failure) {
      return failure;
    }
    if (broken.getCause() instanceof IOException content) {
      throw content;
    }
    throw broken;
  }
}
