package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.model.Definition;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes definitions. What is written reads back equal. Fields that have their default are left
 * out, and the order of fields is fixed, so equal definitions give equal text.
 */
public final class DefinitionWriter {
  private DefinitionWriter() {}

  /** The definition as one YAML document, with a line break at its end. */
  public static String write(Definition definition) {
    return YamlText.of(toJson(definition));
  }

  /** Several documents, with a line {@code ---} between two. */
  public static String write(List<? extends Definition> definitions) {
    return definitions.stream().map(DefinitionWriter::write).collect(Collectors.joining("---\n"));
  }

  /** The definition as a JSON value, in the same shape as YAML. */
  public static JsonNode toJson(Definition definition) {
    return DocumentTable.DOCUMENT.write(definition);
  }
}
