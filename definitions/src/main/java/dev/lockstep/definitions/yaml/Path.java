package dev.lockstep.definitions.yaml;

/** Where a value stands in its document, such as {@code spec.changes[2].addColumn.column.type}. */
record Path(String text) {
  /** The document itself. */
  static final Path ROOT = new Path("");

  Path field(String name) {
    return new Path(text.isEmpty() ? name : text + "." + name);
  }

  Path item(int index) {
    return new Path(text + "[" + index + "]");
  }

  @Override
  public String toString() {
    return text;
  }
}
