package dev.lockstep.definitions.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of one document of a stream. A line that begins with {@code ---} or {@code ...} is a
 * marker wherever it stands (YAML 1.2, section 9.1), so the text can be cut there before it is
 * parsed, and a syntax error in one document hides none of the others.
 *
 * @param linesBefore lines of the stream before this text
 */
record Chunk(String text, int linesBefore) {
  /** Cuts a stream; parts with nothing but comments and directives are left out. */
  static List<Chunk> cut(String stream) {
    List<Chunk> chunks = new ArrayList<>();
    String[] lines = stream.split("\n", -1);
    int start = 0;
    for (int line = 0; line <= lines.length; line++) {
      if (line == lines.length || isMarker(lines[line])) {
        add(chunks, lines, start, line);
        start = line;
      }
    }
    return chunks;
  }

  private static void add(List<Chunk> chunks, String[] lines, int from, int to) {
    StringBuilder text = new StringBuilder();
    boolean holdsSomething = false;
    for (int line = from; line < to; line++) {
      boolean end = lines[line].startsWith("...") && isMarker(lines[line]);
      text.append(end ? "" : lines[line]).append('\n');
      holdsSomething |= !end && !isSilent(lines[line]);
    }
    if (holdsSomething) {
      chunks.add(new Chunk(text.toString(), from));
    }
  }

  private static boolean isMarker(String line) {
    boolean marker = line.startsWith("---") || line.startsWith("...");
    return marker && (line.length() == 3 || Character.isWhitespace(line.charAt(3)));
  }

  private static boolean isSilent(String line) {
    String content = line.strip();
    return content.isEmpty()
        || content.matches("---(\\s+#.*)?")
        || content.startsWith("#")
        || content.startsWith("%");
  }

  /** Whether directives stand before the content; they are not read. */
  boolean hasDirective() {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .findFirst()
        .filter(line -> line.startsWith("%"))
        .isPresent();
  }

  /** Whether this line of the stream, from 1, is indented with a tab. */
  boolean isIndentedWithTab(int line) {
    return text.lines()
        .skip(Math.max(0, line - 1L - linesBefore))
        .findFirst()
        .filter(content -> content.matches(" *\t.*"))
        .isPresent();
  }
}
