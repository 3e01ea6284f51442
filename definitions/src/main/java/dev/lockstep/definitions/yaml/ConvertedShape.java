package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/** The shape of a part, where the part alone makes the whole. */
record ConvertedShape<P, T>(Shape<P> shape, Function<P, T> whole, Function<T, P> part)
    implements Shape<T> {
  @Override
  public Optional<T> read(Tree tree, Path path, Problems problems) {
    return shape.read(tree, path, problems).map(whole);
  }

  @Override
  public JsonNode write(T value) {
    return shape.write(part.apply(value));
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    return shape.schema(parts);
  }
}
