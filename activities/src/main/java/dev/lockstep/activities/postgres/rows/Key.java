package dev.lockstep.activities.postgres.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key of a row. Its text is made once: a batch names its keys several times. */
final class Key {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final ObjectReader READER = MAPPER.readerFor(new TypeReference<List<String>>() {});
  private static final ObjectWriter WRITER = MAPPER.writer();

  private final List<String> values;
  private final String text;

  private Key(List<String> values, String text) {
    this.values = values;
    this.text = text;
  }

  /**
   * A key.
   *
   * @param values as text, in the order of the key's columns
   */
  static Key of(List<String> values) {
    List<String> copy = List.copyOf(values);
    try {
      return new Key(copy, WRITER.writeValueAsString(copy));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("key cannot be written", e);
    }
  }

  /** A key of one column. */
  static Key of(String value) {
    return of(List.of(value));
  }

  /** Reads what {@link #text()} or {@code json_build_array} wrote. */
  static Key parse(String text) {
    try {
      return of(READER.<List<String>>readValue(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a key of the ledger: " + text, e);
    }
  }

  /** As text, in the order of the key's columns. */
  List<String> values() {
    return values;
  }

  /** As the ledger stores it; equal keys have equal texts. */
  String text() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key key && text.equals(key.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
