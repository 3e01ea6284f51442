package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/** A text with definitions and what its user calls it. */
public final class Source {
  /** The longest text that is read, in bytes: some thousand times a usual definition. */
  public static final int LONGEST = 1 << 20;

  /** The name of standard input. */
  public static final String STANDARD_INPUT = "-";

  private final String name;
  private final String text;
  private final Optional<Problem> defect;

  private Source(String name, String text, Optional<Problem> defect) {
    this.name = name;
    this.text = text;
    this.defect = defect;
  }

  /**
   * A text that is in memory already.
   *
   * @param name a file path as the user gave it, or {@code -}
   */
  public static Source ofText(String name, String text) {
    return text.length() > LONGEST ? tooLong(name) : new Source(name, text, Optional.empty());
  }

  /** Reads a stream, at most one byte more than {@link #LONGEST}, and leaves it open. */
  public static Source ofStream(String name, InputStream stream) throws IOException {
    return ofBytes(name, stream.readNBytes(LONGEST + 1));
  }

  /** Reads a file. */
  public static Source ofFile(java.nio.file.Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return ofStream(file.toString(), stream);
    }
  }

  private static Source ofBytes(String name, byte[] bytes) {
    if (bytes.length > LONGEST) {
      return tooLong(name);
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (decoder.decode(in, out, true).isError()) {
      return broken(name, lineOf(out.flip().toString()), "is not UTF-8 text");
    }
    return new Source(name, out.flip().toString(), Optional.empty());
  }

  private static int lineOf(String before) {
    return 1 + (int) before.chars().filter(character -> character == '\n').count();
  }

  private static Source tooLong(String name) {
    return broken(name, 1, "is longer than " + LONGEST + " bytes, the longest text that is read");
  }

  private static Source broken(String name, int line, String message) {
    Optional<Problem.Place> place = Optional.of(new Problem.Place(name, line));
    return new Source(
        name, "", Optional.of(new Problem(Problem.Code.SYNTAX_WRONG, "", message, place)));
  }

  /** What its user calls it. */
  public String name() {
    return name;
  }

  /** Its text; empty where it could not be read as text. */
  public String text() {
    return text;
  }

  /** Why there is no text. */
  Optional<Problem> defect() {
    return defect;
  }
}
