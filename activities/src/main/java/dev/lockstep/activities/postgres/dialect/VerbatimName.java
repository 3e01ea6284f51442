package dev.lockstep.activities.postgres.dialect;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A name on its way through those of Liquibase's changes that read more into a name: commas between
 * names, an order of sorting at the end. It travels in hexadecimal.
 */
final class VerbatimName {
  private static final String PREFIX = "lockstep_verbatim_";

  private VerbatimName() {}

  static String encode(String name) {
    return PREFIX + HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The name, whether it was encoded or not. */
  static String decode(String name) {
    return name.startsWith(PREFIX)
        ? new String(
            HexFormat.of().parseHex(name.substring(PREFIX.length())), StandardCharsets.UTF_8)
        : name;
  }
}
