package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.Tree.Kind;
import java.util.regex.Pattern;

/** Says what an unquoted value is, by the core schema of YAML 1.2, section 10.3.2. */
final class Scalars {
  private static final Pattern EMPTY = Pattern.compile("|~|null|Null|NULL");
  private static final Pattern FLAG = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
              + "|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private Scalars() {}

  static Kind kindOf(String plain) {
    if (EMPTY.matcher(plain).matches()) {
      return Kind.EMPTY;
    }
    if (FLAG.matcher(plain).matches()) {
      return Kind.FLAG;
    }
    return NUMBER.matcher(plain).matches() ? Kind.NUMBER : Kind.TEXT;
  }
}
