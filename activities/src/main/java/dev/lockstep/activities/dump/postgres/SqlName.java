package dev.lockstep.activities.dump.postgres;

/** Names as statements show them. */
final class SqlName {
  /** One identifier, quoted where it has to be. */
  static final String PART = "(?:\"(?:[^\"]|\"\")+\"|[^\\s.;,()\"]+)";

  /** With its schema. */
  static final String FULL = "(" + PART + ")\\.(" + PART + ")";

  private SqlName() {}

  /** The name itself. */
  static String bare(String identifier) {
    return identifier.startsWith("\"")
        ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
        : identifier;
  }

  /** {@code schema.name}, as definitions and facts write it. */
  static String plain(String schema, String name) {
    return bare(schema) + "." + bare(name);
  }
}
