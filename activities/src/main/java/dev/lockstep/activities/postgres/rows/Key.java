package dev.lockstep.activities.postgres.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * The key of a row.
 *
 * @param values as text, in the order of the key's columns
 */
record Key(List<String> values) {
  private static final JsonMapper MAPPER = new JsonMapper();

  Key {
    values = List.copyOf(values);
  }

  /** A key of one column. */
  static Key of(String value) {
    return new Key(List.of(value));
  }

  /** Reads what {@link #text()} or {@code json_build_array} wrote. */
  static Key parse(String text) {
    try {
      return new Key(MAPPER.readValue(text, new TypeReference<List<String>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a key of the ledger: " + text, e);
    }
  }

  /** As the ledger stores it; equal keys have equal texts. */
  String text() {
    try {
      return MAPPER.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("key cannot be written", e);
    }
  }
}
