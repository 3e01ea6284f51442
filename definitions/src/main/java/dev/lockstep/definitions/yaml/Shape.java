package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One form of value: how it is read, written and described to an editor. Everything that is known
 * of the written form of a thing stands in its shape, and nowhere else.
 *
 * @param <T> what the model makes of it
 */
interface Shape<T> {
  /** The model's value; empty after at least one problem was added. Never throws. */
  Optional<T> read(Tree tree, Path path, Problems problems);

  /** The written form; {@link #read} gives back an equal value. */
  JsonNode write(T value);

  /** The form as JSON Schema, draft 7; what is referred to is added to {@code parts}. */
  ObjectNode schema(SchemaParts parts);

  /** The same form with a sentence of what the value is for. */
  default Shape<T> described(String description) {
    return new DescribedShape<>(this, description);
  }
}
