package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.yaml.Tree.Entries;
import dev.lockstep.definitions.yaml.Tree.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A map with a single field, whose name says what the value is: {@code dropTable: {…}}. */
final class ChoiceShape<T> implements Shape<T> {
  private final String noun;
  private final Function<T, String> nameOf;
  private final Map<String, Shape<T>> kinds = new LinkedHashMap<>();

  /**
   * @param noun what a message calls it, such as {@code change}
   * @param nameOf the name of the field for a value; every name it gives must have a shape
   */
  ChoiceShape(String noun, Function<T, String> nameOf) {
    this.noun = noun;
    this.nameOf = nameOf;
  }

  /** Adds a kind. */
  <K extends T> ChoiceShape<T> with(String name, Shape<K> shape, Class<K> type) {
    kinds.put(name, new NarrowedShape<T, K>(shape, type::cast));
    return this;
  }

  /** Adds every kind of another choice, as a part of this one's values. */
  <P> ChoiceShape<T> withAll(ChoiceShape<P> other, Function<P, T> whole, Function<T, P> part) {
    other.kinds.forEach((name, shape) -> kinds.put(name, new ConvertedShape<>(shape, whole, part)));
    return this;
  }

  /** The names of the kinds, in their order. */
  List<String> names() {
    return List.copyOf(kinds.keySet());
  }

  @Override
  public Optional<T> read(Tree tree, Path path, Problems problems) {
    if (!(tree instanceof Entries map)) {
      problems.wrong(path, tree, "a map with one field, the kind of " + noun);
      return Optional.empty();
    }
    if (map.entries().size() == 1) {
      Entry only = map.entries().get(0);
      return read(only, path.field(only.key()), problems);
    }
    problems.add(path, Code.CHOICE_WRONG, tree.line(), miscounted(map));
    map.entries().stream()
        .filter(entry -> entry.value() instanceof Entries && kinds.containsKey(entry.key()))
        .forEach(entry -> read(entry, path.field(entry.key()), problems));
    return Optional.empty();
  }

  private Optional<T> read(Entry entry, Path path, Problems problems) {
    Shape<T> shape = kinds.get(entry.key());
    if (shape == null) {
      problems.add(
          path,
          Code.FIELD_UNKNOWN,
          entry.line(),
          "is no kind of "
              + noun
              + " that this version reads; "
              + Spelling.hint(entry.key(), names()));
      return Optional.empty();
    }
    return shape.read(entry.value(), path, problems);
  }

  private String miscounted(Entries map) {
    return "has "
        + map.entries().size()
        + " fields; each "
        + noun
        + " is a list item of its own with one field, its kind, and everything else is indented"
        + " under that; known: "
        + String.join(", ", names());
  }

  @Override
  public JsonNode write(T value) {
    String name = nameOf.apply(value);
    Shape<T> shape = kinds.get(name);
    if (shape == null) {
      throw new IllegalStateException("no shape for the " + noun + " " + name);
    }
    return JsonNodeFactory.instance.objectNode().set(name, shape.write(value));
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    String part = noun.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + noun.substring(1);
    return parts.reference(
        part,
        () -> {
          ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
          schema.put("minProperties", 1).put("maxProperties", 1).put("additionalProperties", false);
          ObjectNode properties = schema.putObject("properties");
          kinds.forEach((name, shape) -> properties.set(name, shape.schema(parts)));
          return schema;
        });
  }

  private record NarrowedShape<T, K extends T>(Shape<K> shape, Function<T, K> cast)
      implements Shape<T> {
    @Override
    public Optional<T> read(Tree tree, Path path, Problems problems) {
      return shape.read(tree, path, problems).map(value -> value);
    }

    @Override
    public JsonNode write(T value) {
      return shape.write(cast.apply(value));
    }

    @Override
    public ObjectNode schema(SchemaParts parts) {
      return shape.schema(parts);
    }
  }
}
