package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The JSON Schema of a document, draft 7 (the one that editors know best), made of the same table
 * of fields as the reader.
 */
public final class DefinitionSchema {
  /** Where the module keeps it, as a resource. */
  public static final String RESOURCE = "/lockstep.schema.json";

  private DefinitionSchema() {}

  /** The schema as JSON text, indented, with a line break at its end. */
  public static String text() {
    SchemaParts parts = new SchemaParts();
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("$id", "https://lockstep.dev/v1/lockstep.schema.json");
    schema.put("title", "Lockstep definition");
    schema.setAll(DocumentTable.DOCUMENT.schema(parts));
    schema.set("definitions", parts.all());
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the schema to a file.
   *
   * @param arguments the file
   */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), text());
  }
}
