package dev.lockstep.definitions.yaml;

import java.util.regex.Pattern;

/** Where a value stands in its document, such as {@code spec.changes[2].addColumn.column.type}. */
record Path(String text) {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  /** The document itself. */
  static final Path ROOT = new Path("");

  /** Without what would break the line of a message or steer a terminal. */
  Path field(String name) {
    String shown = CONTROL.matcher(name).replaceAll("?");
    return new Path(text.isEmpty() ? shown : text + "." + shown);
  }

  Path item(int index) {
    return new Path(text + "[" + index + "]");
  }

  @Override
  public String toString() {
    return text;
  }
}
