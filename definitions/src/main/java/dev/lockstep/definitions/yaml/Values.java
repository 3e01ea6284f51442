package dev.lockstep.definitions.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was read for the fields of one object. */
final class Values {
  private final Map<Field<?, ?>, Object> values = new HashMap<>();

  <V> void put(Field<?, V> field, V value) {
    values.put(field, value);
  }

  /** The value of a field that is required or has a fallback. */
  <V> V the(Field<?, V> field) {
    return maybe(field).or(field::fallback).orElseThrow();
  }

  /** The value of a field that can be left out. */
  @SuppressWarnings("unchecked") // put() takes a value of the field's own type only
  <V> Optional<V> maybe(Field<?, V> field) {
    return Optional.ofNullable((V) values.get(field));
  }
}
