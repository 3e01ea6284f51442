package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.yaml.Tree.Entries;
import dev.lockstep.definitions.yaml.Tree.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A map with known fields. */
final class ObjectShape<O> implements Shape<O> {
  private final String name;
  private final String description;
  private final List<Field<O, ?>> fields;
  private final Forms forms;
  private final boolean quiet;
  private final boolean notEmpty;
  private final Function<Values, O> maker;

  private ObjectShape(Builder<O> builder, Function<Values, O> maker) {
    this.name = builder.name;
    this.description = builder.description;
    this.fields = List.copyOf(builder.fields);
    this.forms = builder.forms;
    this.quiet = builder.quiet;
    this.notEmpty = builder.notEmpty;
    this.maker = maker;
  }

  /**
   * Begins a shape.
   *
   * @param name of the part in the JSON Schema; unique
   */
  static <O> Builder<O> of(String name, String description) {
    return new Builder<>(name, description);
  }

  private List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  @Override
  public Optional<O> read(Tree tree, Path path, Problems problems) {
    if (!(tree instanceof Entries map)) {
      mismatch(tree, path, problems);
      return Optional.empty();
    }
    map.entries().stream()
        .filter(entry -> !names().contains(entry.key()))
        .forEach(entry -> unknown(entry, path, problems));
    Values values = new Values();
    boolean complete = forms.hold(map, path, problems);
    complete &= holdsSomething(map, path, problems);
    for (Field<O, ?> field : fields) {
      complete &= readField(field, new Place(map, path), values, problems);
    }
    return complete ? Optional.of(maker.apply(values)) : Optional.empty();
  }

  private boolean holdsSomething(Entries map, Path path, Problems problems) {
    boolean holds = !notEmpty || !map.entries().isEmpty();
    if (!holds) {
      problems.add(
          path,
          Code.CHOICE_WRONG,
          map.line(),
          "is empty; wanted at least one of " + String.join(", ", names()));
    }
    return holds;
  }

  private void mismatch(Tree tree, Path path, Problems problems) {
    String wanted = "a map with the fields " + String.join(", ", names());
    if (quiet) {
      problems.add(path, Code.VALUE_WRONG, tree.line(), "is no map; wanted " + wanted);
    } else {
      problems.wrong(path, tree, wanted);
    }
  }

  private void unknown(Entry entry, Path path, Problems problems) {
    problems.add(
        path.field(entry.key()),
        Code.FIELD_UNKNOWN,
        entry.line(),
        "is no field that this version reads; " + Spelling.hint(entry.key(), names()));
  }

  /** Whether the field has its value, or may be without. */
  private <V> boolean readField(Field<O, V> field, Place place, Values values, Problems problems) {
    Optional<Entry> written =
        place.map().entries().stream().filter(e -> e.key().equals(field.name())).findFirst();
    Path path = place.path().field(field.name());
    if (written.isEmpty()) {
      if (field.required()) {
        problems.add(path, Code.FIELD_MISSING, place.map().line(), "is missing");
      }
      return !field.required();
    }
    Optional<V> value = field.shape().read(written.get().value(), path, problems);
    value.ifPresent(read -> values.put(field, read));
    return value.isPresent();
  }

  private record Place(Entries map, Path path) {}

  @Override
  public JsonNode write(O object) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    fields.forEach(field -> write(field, object, node));
    return node;
  }

  private static <O, V> void write(Field<O, V> field, O object, ObjectNode node) {
    field
        .getter()
        .apply(object)
        .filter(value -> !field.fallback().equals(Optional.of(value)))
        .ifPresent(value -> node.set(field.name(), field.shape().write(value)));
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    return parts.reference(name, () -> part(parts));
  }

  private ObjectNode part(SchemaParts parts) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("description", description).put("type", "object").put("additionalProperties", false);
    List<String> required = fields.stream().filter(Field::required).map(Field::name).toList();
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    ObjectNode properties = schema.putObject("properties");
    fields.forEach(field -> properties.set(field.name(), fieldSchema(field, parts)));
    forms.describe(schema);
    if (notEmpty) {
      schema.put("minProperties", 1);
    }
    return schema;
  }

  private static <O, V> ObjectNode fieldSchema(Field<O, V> field, SchemaParts parts) {
    ObjectNode schema = field.shape().schema(parts);
    field
        .fallback()
        .map(field.shape()::write)
        .filter(JsonNode::isValueNode)
        .ifPresent(value -> schema.set("default", value));
    return schema;
  }

  /** Collects the fields of a shape. */
  static final class Builder<O> {
    private final String name;
    private final String description;
    private final List<Field<O, ?>> fields = new ArrayList<>();
    private Forms forms = Forms.ANY;
    private boolean quiet;
    private boolean notEmpty;

    private Builder(String name, String description) {
      this.name = name;
      this.description = description;
    }

    /** A field that must be there. */
    <V> Field<O, V> required(String field, Shape<V> shape, Function<O, V> getter) {
      return add(new Field<>(field, shape, getter.andThen(Optional::of), true, Optional.empty()));
    }

    /** A field that may be left out. */
    <V> Field<O, V> optional(String field, Shape<V> shape, Function<O, Optional<V>> getter) {
      return add(new Field<>(field, shape, getter, false, Optional.empty()));
    }

    /** A field that has a value also where it is left out. */
    <V> Field<O, V> defaulting(String field, Shape<V> shape, V fallback, Function<O, V> getter) {
      return add(
          new Field<>(field, shape, getter.andThen(Optional::of), false, Optional.of(fallback)));
    }

    private <V> Field<O, V> add(Field<O, V> field) {
      fields.add(field);
      return field;
    }

    /** Exactly one of these sets of fields is given, whole, and none of the others. */
    Builder<O> forms(Forms choice) {
      forms = choice;
      return this;
    }

    /** At least one field is given. */
    Builder<O> notEmpty() {
      notEmpty = true;
      return this;
    }

    /** No message repeats a value that stands in place of the map. */
    Builder<O> quiet() {
      quiet = true;
      return this;
    }

    /** Ends the shape: how the object is made of its fields. */
    ObjectShape<O> made(Function<Values, O> maker) {
      return new ObjectShape<>(this, maker);
    }
  }
}
