package dev.lockstep.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.SortedMap;
import java.util.TreeMap;

/** Figures of a step as the ledger stores them: one flat JSON object. */
final class Figures {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Figures() {}

  static String write(SortedMap<String, Long> figures) {
    try {
      return MAPPER.writeValueAsString(figures);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("figures cannot be written: " + figures, e);
    }
  }

  static SortedMap<String, Long> read(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<TreeMap<String, Long>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures of the ledger cannot be read: " + json, e);
    }
  }
}
