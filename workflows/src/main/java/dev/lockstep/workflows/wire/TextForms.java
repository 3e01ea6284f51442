package dev.lockstep.workflows.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.HealthLimits.Autovacuum;
import dev.lockstep.definitions.model.Rate;
import dev.lockstep.definitions.yaml.Sizes;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values with a unit are text: durations {@code PT0.5S} (also read: {@code 500ms}, {@code 30s},
 * {@code 10m}, {@code 24h}, {@code 7d}), rates {@code 5000/s}, sizes {@code 1GiB}. A bare number is
 * refused, for its unit would be a guess.
 */
final class TextForms {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Pattern RATE = Pattern.compile("(\\d{1,18})/s");

  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private TextForms() {}

  /** Teaches a mapper the forms. */
  static SimpleModule module() {
    SimpleModule module = new SimpleModule("lockstep-text-forms");
    module.addSerializer(Duration.class, new ToStringSerializer(Duration.class));
    module.addDeserializer(
        Duration.class,
        new TextDeserializer<>(Duration.class, "a duration such as 500ms, 30s or PT0.5S") {
          @Override
          Duration parse(String text) {
            return duration(text);
          }
        });
    module.addSerializer(Rate.class, new ToStringSerializer(Rate.class));
    module.addDeserializer(
        Rate.class,
        new TextDeserializer<>(Rate.class, "a rate such as 5000/s") {
          @Override
          Rate parse(String text) {
            return rate(text);
          }
        });
    sizes(module);
    word(module, Autovacuum.class, "wait or ignore");
    word(module, BlockerTermination.Sessions.class, "none, idle or any");
    return module;
  }

  private static <E extends Enum<E>> void word(SimpleModule module, Class<E> type, String wanted) {
    module.addSerializer(type, new WordSerializer<>(type));
    module.addDeserializer(
        type,
        new TextDeserializer<>(type, wanted) {
          @Override
          E parse(String text) {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
          }
        });
  }

  private static void sizes(SimpleModule module) {
    module.addSerializer(ByteCount.class, new ToStringSerializer(ByteCount.class));
    module.addDeserializer(
        ByteCount.class,
        new TextDeserializer<>(ByteCount.class, Sizes.WANTED) {
          @Override
          ByteCount parse(String text) {
            return Sizes.read(text).orElseThrow(() -> new IllegalArgumentException(text));
          }
        });
    module.addSerializer(ByteRate.class, new ToStringSerializer(ByteRate.class));
    module.addDeserializer(
        ByteRate.class,
        new TextDeserializer<>(ByteRate.class, Sizes.RATE_WANTED) {
          @Override
          ByteRate parse(String text) {
            return Sizes.readRate(text).orElseThrow(() -> new IllegalArgumentException(text));
          }
        });
  }

  private static Duration duration(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (!matcher.matches()) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(e);
      }
    }
    long count = Long.parseLong(matcher.group(1));
    return Duration.of(count, Objects.requireNonNull(UNITS.get(matcher.group(2))));
  }

  private static Rate rate(String text) {
    Matcher matcher = RATE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    return new Rate(Long.parseLong(matcher.group(1)));
  }

  /** The language's words: what is shown is what can be said. */
  private static final class WordSerializer<E extends Enum<E>> extends StdScalarSerializer<E> {
    private static final long serialVersionUID = 1L;

    WordSerializer(Class<E> type) {
      super(type);
    }

    @Override
    public void serialize(E value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  private abstract static class TextDeserializer<T> extends StdScalarDeserializer<T> {
    private final Class<T> type;
    private final String wanted;

    TextDeserializer(Class<T> type, String wanted) {
      super(type);
      this.type = type;
      this.wanted = wanted;
    }

    abstract T parse(String text);

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getText();
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        throw context.weirdStringException(text, type, "give " + wanted + " as text");
      }
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw context.weirdStringException(text, type, "give " + wanted);
      }
    }
  }
}
