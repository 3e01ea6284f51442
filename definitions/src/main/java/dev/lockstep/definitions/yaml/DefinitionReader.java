package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Reads definitions. It finds what is wrong with the form of a document; {@link Definitions} also
 * finds what is wrong between documents. Never throws, whatever the text.
 */
public final class DefinitionReader {
  private DefinitionReader() {}

  /** Reads YAML, one or more documents a source. */
  public static Reading read(List<Source> sources) {
    Documents documents = new Documents();
    sources.forEach(documents::add);
    return documents.reading();
  }

  /**
   * Reads a definition that is a JSON value, in the same shape as YAML.
   *
   * @param definition one document, or a list of them; in a list, a document without {@code
   *     apiVersion} and {@code kind} is of the kind that {@code origin} says
   * @param origin what stands before every path, such as {@code definition} or {@code databases}; a
   *     list holds databases, unless it is {@code stores} or {@code backups}
   */
  public static Reading readJson(JsonNode definition, String origin) {
    Documents documents = new Documents();
    documents.add(definition, origin);
    return documents.reading();
  }
}
