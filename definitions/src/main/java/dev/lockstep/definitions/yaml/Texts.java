package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.HeaderChecks;
import dev.lockstep.definitions.check.Names;
import java.util.List;

/** The texts that several kinds use. */
final class Texts {
  private Texts() {}

  static Shape<String> table() {
    return TextShape.of("the name of a table, with or without its schema")
        .described("TABLE or SCHEMA.TABLE, as the catalogue stores it; without a schema: public.");
  }

  static Shape<String> column(String description) {
    return TextShape.of("the name of a column").described(description);
  }

  static Shape<List<String>> columns(String description) {
    Shape<String> column = TextShape.of("the name of a column");
    return new ListShape<>(column, "a list of columns", 1).described(description);
  }

  static Shape<String> sql(String description) {
    return TextShape.orScalar("SQL text").described(description);
  }

  static Shape<String> type() {
    return TextShape.of("a type as the database writes it, such as varchar(80)")
        .described("The type as the database writes it, such as varchar(80).");
  }

  /** Of HTTP. */
  static TextShape header() {
    return TextShape.of("the name of a header, such as X-Signature").hinting(HeaderChecks.HEADER);
  }

  static Shape<String> label(String wanted) {
    return TextShape.of(wanted).hinting(Names.LABEL);
  }
}
