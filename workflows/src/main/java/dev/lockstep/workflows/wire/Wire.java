package dev.lockstep.workflows.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.Progress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Records as JSON, the same in histories, ledgers and on standard output. Fields stand in the order
 * of the record's components, absent ones are left out, unknown ones are refused, records of sealed
 * interfaces begin with their {@code kind}. So equal records give equal bytes.
 */
public final class Wire {
  private static final JsonMapper MAPPER = build();

  private Wire() {}

  /** The mapper; shared, not to be reconfigured. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** SHA-256 of the value's JSON, in 64 hexadecimal digits. */
  public static String hash(Object value) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(MAPPER.writeValueAsBytes(value));
      return HexFormat.of().formatHex(digest);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for " + value.getClass().getName(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The value as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * The tree as a value.
   *
   * @throws IllegalArgumentException with a sentence for people, where it is not of that shape
   */
  public static <T> T read(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /**
   * A command of an earlier version refuses what it does not know: shown only where it says
   * something.
   */
  interface Sparse {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<Progress> together();
  }

  /** The same for a worker of an earlier version that goes on with a run. */
  interface SparsePrepared {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<Notification> notifications();
  }

  private static JsonMapper build() {
    return JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(Kinds.module())
        .addModule(TextForms.module())
        .addMixIn(RunStatus.class, Sparse.class)
        .addMixIn(Prepared.class, SparsePrepared.class)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
        .build();
  }
}
